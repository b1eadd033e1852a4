# `ninja tidy`: clang-tidy over the tool's own sources, by .clang-tidy. Each file is checked again
# only when it, a header or the rules changed: all of them take a minute.
# Not the tests: Criterion's macros break rules that are ours to keep, not its own.
find_program(CLANG_TIDY NAMES clang-tidy-14 clang-tidy)
if(CLANG_TIDY)
  set(tidy_dirs core analyzer analyzer/binary analyzer/cache analyzer/clang analyzer/compile analyzer/entry analyzer/facts
    analyzer/flow analyzer/link analyzer/routes analyzer/rules analyzer/workers tracer tracer/audit tracer/recorder
    tracer/runtime tracer/telemetry diff diff/compare diff/html diff/report cli)
  list(TRANSFORM tidy_dirs PREPEND ${CMAKE_SOURCE_DIR}/)
  list(TRANSFORM tidy_dirs APPEND /*.c OUTPUT_VARIABLE tidy_source_globs)
  list(TRANSFORM tidy_dirs APPEND /*.h OUTPUT_VARIABLE tidy_header_globs)
  file(GLOB tidy_sources CONFIGURE_DEPENDS ${tidy_source_globs})
  file(GLOB tidy_headers CONFIGURE_DEPENDS ${tidy_header_globs})
  set(tidy_stamps)
  foreach(source ${tidy_sources})
    file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR} ${source})
    string(REPLACE / - stamp ${name})
    set(stamp ${CMAKE_BINARY_DIR}/tidy/${stamp})
    add_custom_command(OUTPUT ${stamp}
      COMMAND ${CLANG_TIDY} --quiet -p ${CMAKE_BINARY_DIR} ${source}
      COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
      DEPENDS ${source} ${tidy_headers} ${CMAKE_SOURCE_DIR}/.clang-tidy
      COMMENT "clang-tidy ${name}" VERBATIM)
    list(APPEND tidy_stamps ${stamp})
  endforeach()
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/tidy)
  add_custom_target(tidy DEPENDS ${tidy_stamps})
endif()
