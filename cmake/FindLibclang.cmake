# Finds libclang 17 or later: LIBCLANG_INCLUDE_DIR, LIBCLANG_LIBRARY. -DLIBCLANG_ROOT=DIR names another.
set(libclang_roots ${LIBCLANG_ROOT} /usr/lib/llvm-19 /usr/lib/llvm-20 /usr/lib/llvm-18 /usr/lib/llvm-17)
find_path(LIBCLANG_INCLUDE_DIR clang-c/Index.h PATHS ${libclang_roots} PATH_SUFFIXES include NO_DEFAULT_PATH)
find_library(LIBCLANG_LIBRARY clang PATHS ${libclang_roots} PATH_SUFFIXES lib NO_DEFAULT_PATH)
if(NOT LIBCLANG_INCLUDE_DIR OR NOT LIBCLANG_LIBRARY)
  message(FATAL_ERROR "libclang 17 or later was not found: apt install libclang-19-dev, or -DLIBCLANG_ROOT=DIR")
endif()
