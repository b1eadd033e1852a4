# Completion scripts, printed by the program that was built; not where it cannot run.
if(NOT CMAKE_CROSSCOMPILING OR CMAKE_CROSSCOMPILING_EMULATOR)
  set(completions)
  foreach(shell bash zsh fish)
    set(script ${CMAKE_BINARY_DIR}/completions/pcarch.${shell})
    add_custom_command(OUTPUT ${script}
      COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/completions
      COMMAND pcarch completion ${shell} > ${script}
      DEPENDS pcarch VERBATIM)
    list(APPEND completions ${script})
  endforeach()
  add_custom_target(completions ALL DEPENDS ${completions})
  install(FILES ${CMAKE_BINARY_DIR}/completions/pcarch.bash RENAME pcarch
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  install(FILES ${CMAKE_BINARY_DIR}/completions/pcarch.zsh RENAME _pcarch
    DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  install(FILES ${CMAKE_BINARY_DIR}/completions/pcarch.fish
    DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endif()
