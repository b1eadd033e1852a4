# What is loaded into traced programs: a shared library, and an archive of what each instrumented
# object links into itself. Never with a sanitizer or counters inside: those need a program that was
# built with them.
enable_language(ASM)

set(runtime_dir ${CMAKE_SOURCE_DIR}/tracer/runtime)
file(GLOB runtime_sources CONFIGURE_DEPENDS tracer/runtime/*.c)
set(stub_sources ${runtime_dir}/stub.c ${runtime_dir}/stub_hooks.c)
list(REMOVE_ITEM runtime_sources ${stub_sources})
set(runtime_protection)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
  list(APPEND runtime_sources ${runtime_dir}/slow.S)
  set(runtime_protection -fcf-protection)
  list(APPEND stub_sources ${runtime_dir}/enter.S ${runtime_dir}/thunks.S)
endif()

add_library(pcarch-trace SHARED ${runtime_sources})
add_library(pcarch-trace-static STATIC ${runtime_sources})
add_library(pcarch-stub STATIC ${stub_sources})
foreach(target pcarch-trace pcarch-trace-static pcarch-stub)
  foreach(property COMPILE_OPTIONS LINK_OPTIONS)
    get_target_property(flags ${target} ${property})
    # The header of banned calls is not for assembly.
    list(FILTER flags EXCLUDE REGEX "^-fsanitize|^-fno-sanitize|^--coverage|^-include$|banned.h$|-NOTFOUND$")
    set_property(TARGET ${target} PROPERTY ${property} ${flags})
  endforeach()
  target_compile_options(${target} PRIVATE
    $<$<COMPILE_LANGUAGE:C>:SHELL:-include ${CMAKE_SOURCE_DIR}/core/banned.h>
    ${runtime_protection})
endforeach()
# It becomes part of other people's programs: where it was compiled is none of their sources.
target_compile_options(pcarch-stub PRIVATE -g0)
foreach(target pcarch-trace pcarch-trace-static)
  # It is entered where every register may hold an argument: slow.S saves the general ones. The
  # inline functions of libc's headers return floating point.
  target_compile_options(${target} PRIVATE
    $<$<COMPILE_LANGUAGE:C>:-mgeneral-regs-only -D__NO_INLINE__ -ftls-model=initial-exec>)
endforeach()
target_compile_definitions(pcarch-trace-static PRIVATE PCARCH_STATIC)
set_target_properties(pcarch-trace-static PROPERTIES OUTPUT_NAME pcarch-trace)
# Its code runs at the very end: it is never unloaded.
target_link_options(pcarch-trace PRIVATE -Wl,-z,now -Wl,-z,nodelete -Wl,--no-undefined)
target_link_libraries(pcarch-trace PRIVATE Threads::Threads ${CMAKE_DL_LIBS})
install(TARGETS pcarch-trace pcarch-trace-static pcarch-stub LIBRARY DESTINATION lib ARCHIVE DESTINATION lib)

# pcarch-trace.pc and the CMake package: where they are tells where the rest is.
foreach(file pcarch-trace.pc pcarch-trace-config.cmake)
  configure_file(cmake/${file}.in ${CMAKE_BINARY_DIR}/${file} @ONLY)
endforeach()
install(FILES ${CMAKE_BINARY_DIR}/pcarch-trace.pc DESTINATION lib/pkgconfig)
install(FILES ${CMAKE_BINARY_DIR}/pcarch-trace-config.cmake DESTINATION lib/cmake/pcarch-trace)
