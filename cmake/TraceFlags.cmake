# What a compiler is told so that its program can be traced, in each mode: the one list behind
# `pcarch build`, pkg-config and the CMake package. docs/development.md says what each mode does.
#
# -fno-ipa-icf: functions with equal bodies stay apart in GCC, for the one that is called would bear
# the other's name. clang merges none by itself, and would warn that it does not know the flag.
set(trace_gcc -fno-ipa-icf)
set(trace_clang)
set(trace_edges_gcc -fno-optimize-sibling-calls -fpatchable-function-entry=5)
set(trace_edges_clang ${trace_edges_gcc})
set(trace_indirect -fno-optimize-sibling-calls -fcf-protection=none -fno-jump-tables)
set(trace_indirect_gcc ${trace_indirect} -mindirect-branch=thunk-extern -mindirect-branch-register)
set(trace_indirect_clang ${trace_indirect} -mretpoline-external-thunk)
set(trace_portable_gcc -finstrument-functions)
set(trace_portable_clang -finstrument-functions-after-inlining)

set(trace_flags_h "/* Made by cmake/TraceFlags.cmake. */\n")
foreach(mode edges indirect portable)
  foreach(compiler gcc clang)
    set(flags ${trace_${compiler}} ${trace_${mode}_${compiler}})
    string(REPLACE ";" " " trace_flags_${mode}_${compiler} "${flags}")
    string(REPLACE ";" "\", \"" words "${flags}")
    string(TOUPPER ${mode}_${compiler} name)
    string(APPEND trace_flags_h "#define TRACE_FLAGS_${name} \"${words}\"\n")
  endforeach()
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/trace_flags.h CONTENT "${trace_flags_h}" @ONLY)
