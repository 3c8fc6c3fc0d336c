# SPDX-License-Identifier: GPL-3.0-or-later

# shardhelm_test(NAME tst_x SOURCES a.cpp LINK backend [LABELS unit|pg|gui|fault|slow] [TIMEOUT seconds] [ENVIRONMENT A=B ...]
#                [SOURCE_TREE])
# One Qt Test executable. Tests labelled gui run on the offscreen platform. SOURCE_TREE: the test reads files of the
# source tree below SHARDHELM_SOURCE_DIR; only then, since a path on the command line keeps checkouts from sharing
# their ccache.
function(shardhelm_test)
  cmake_parse_arguments(ARG "SOURCE_TREE" "NAME;TIMEOUT" "SOURCES;LINK;LABELS;ENVIRONMENT" ${ARGN})
  add_executable(${ARG_NAME} ${ARG_SOURCES})
  target_link_libraries(${ARG_NAME} PRIVATE ${ARG_LINK} Qt6::Test shardhelm_flags)
  if(ARG_SOURCE_TREE)
    target_compile_definitions(${ARG_NAME} PRIVATE SHARDHELM_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  endif()
  add_test(NAME ${ARG_NAME} COMMAND ${ARG_NAME})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  if(NOT ARG_LABELS)
    set(ARG_LABELS unit)
  endif()
  set_tests_properties(${ARG_NAME} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT}
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;${ARG_ENVIRONMENT}")
endfunction()
