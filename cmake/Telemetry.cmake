# libpcarch-telemetry: the API of tracer/pcarch_trace.h, for other people's programs. It carries libsodium
# and what it needs of core/ inside, and shows the API alone; never with a sanitizer or counters inside.
file(GLOB telemetry_sources CONFIGURE_DEPENDS tracer/telemetry/*.c)

# For unit tests and fuzzing, with whatever this build instruments.
add_library(telemetry STATIC ${telemetry_sources} tracer/runtime/say.c)
target_link_libraries(telemetry PUBLIC core PkgConfig::SODIUM Threads::Threads ${CMAKE_DL_LIBS})

set(telemetry_core guid guid_key chain_step route_id span_ids trace_context trace_environment trace_headers trace_names
  trace_state utf8)
list(TRANSFORM telemetry_core PREPEND core/)
list(TRANSFORM telemetry_core APPEND .c)
find_library(SODIUM_ARCHIVE NAMES libsodium.a HINTS ${SODIUM_STATIC_LIBRARY_DIRS} ${SODIUM_LIBDIR})
if(NOT SODIUM_ARCHIVE)
  message(FATAL_ERROR "libsodium.a is not found, which libpcarch-telemetry carries inside; install libsodium-dev")
endif()

add_library(telemetry-objects OBJECT ${telemetry_sources} ${telemetry_core} tracer/runtime/say.c)
add_library(pcarch-telemetry SHARED $<TARGET_OBJECTS:telemetry-objects>)
foreach(target telemetry-objects pcarch-telemetry)
  foreach(property COMPILE_OPTIONS LINK_OPTIONS)
    get_target_property(flags ${target} ${property})
    list(FILTER flags EXCLUDE REGEX "^-fsanitize|^-fno-sanitize|^--coverage|-NOTFOUND$")
    set_property(TARGET ${target} PROPERTY ${property} ${flags})
  endforeach()
endforeach()
target_compile_options(telemetry-objects PRIVATE -ffunction-sections -fdata-sections)
target_link_options(pcarch-telemetry PRIVATE -Wl,--exclude-libs,ALL -Wl,--gc-sections -Wl,-z,nodelete -Wl,--no-undefined)
target_link_libraries(pcarch-telemetry PRIVATE ${SODIUM_ARCHIVE} Threads::Threads ${CMAKE_DL_LIBS})

# One object with the API alone to be seen: in a program's link, names of ours would meet its own.
# Not lld, as --gc-keep-exported is what keeps the API.
find_program(TELEMETRY_LD NAMES ld.bfd ld REQUIRED)
find_program(OBJCOPY NAMES ${CMAKE_OBJCOPY} objcopy REQUIRED)
set(telemetry_archive ${CMAKE_BINARY_DIR}/libpcarch-telemetry.a)
add_custom_command(OUTPUT ${telemetry_archive}
  COMMAND ${TELEMETRY_LD} -r --gc-sections --gc-keep-exported -u pcarch_begin -o telemetry.o
    $<TARGET_OBJECTS:telemetry-objects> ${SODIUM_ARCHIVE}
  COMMAND ${OBJCOPY} --wildcard --keep-global-symbol=pcarch_* telemetry.o
  COMMAND ${CMAKE_COMMAND} -E rm -f ${telemetry_archive}
  COMMAND ${CMAKE_AR} rcs ${telemetry_archive} telemetry.o
  DEPENDS telemetry-objects $<TARGET_OBJECTS:telemetry-objects>
  COMMAND_EXPAND_LISTS VERBATIM)
add_custom_target(pcarch-telemetry-static ALL DEPENDS ${telemetry_archive})

install(TARGETS pcarch-telemetry LIBRARY DESTINATION lib)
install(FILES ${telemetry_archive} DESTINATION lib)
install(FILES tracer/pcarch_trace.h DESTINATION include)
foreach(file pcarch-telemetry.pc pcarch-telemetry-config.cmake)
  configure_file(cmake/${file}.in ${CMAKE_BINARY_DIR}/${file} @ONLY)
endforeach()
install(FILES ${CMAKE_BINARY_DIR}/pcarch-telemetry.pc DESTINATION lib/pkgconfig)
install(FILES ${CMAKE_BINARY_DIR}/pcarch-telemetry-config.cmake DESTINATION lib/cmake/pcarch-telemetry)
