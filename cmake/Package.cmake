# `cpack -G TGZ` or `cpack -G DEB` in the build directory.
set(CPACK_PACKAGE_NAME pcarch)
set(CPACK_PACKAGE_VENDOR "the pcarch authors")
set(CPACK_PACKAGE_CONTACT "the pcarch authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "program archaeology: how commands and requests flow through C programs")
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR TGZ)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# libclang does not depend on the compiler's own headers, and without <stddef.h> nothing parses.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libclang-common-19-dev")
include(CPack)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
