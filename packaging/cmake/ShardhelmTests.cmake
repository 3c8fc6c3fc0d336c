# SPDX-License-Identifier: GPL-3.0-or-later

# shardhelm_test(NAME tst_x SOURCES a.cpp LINK backend [LABELS unit|pg|gui|fault|slow] [TIMEOUT seconds] [ENVIRONMENT A=B ...]
#                [SOURCE_TREE])
# One Qt Test executable. Tests labelled gui run on the offscreen platform. SOURCE_TREE: the test reads files of the
# source tree below SHARDHELM_SOURCE_DIR; only then, since a path on the command line keeps checkouts from sharing
# their ccache.
# The timeout is for a test that hangs: a slow machine must not come near it.
function(shardhelm_test)
  cmake_parse_arguments(ARG "SOURCE_TREE" "NAME;TIMEOUT" "SOURCES;LINK;LABELS;ENVIRONMENT" ${ARGN})
  add_executable(${ARG_NAME} ${ARG_SOURCES})
  target_link_libraries(${ARG_NAME} PRIVATE ${ARG_LINK} Qt6::Test shardhelm_flags)
  if(ARG_SOURCE_TREE)
    target_compile_definitions(${ARG_NAME} PRIVATE SHARDHELM_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  endif()
  target_include_directories(${ARG_NAME} PRIVATE "${CMAKE_SOURCE_DIR}/tests")
  target_compile_options(${ARG_NAME} PRIVATE "SHELL:-include support/patience.h")
  add_test(NAME ${ARG_NAME} COMMAND ${ARG_NAME})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 900)
  endif()
  if(NOT ARG_LABELS)
    set(ARG_LABELS unit)
  endif()
  # What the person or the machine that runs the tests has set for programs of its own.
  set(forgotten PGHOST PGHOSTADDR PGPORT PGDATABASE PGUSER PGPASSWORD PGSERVICE PGSERVICEFILE PGSYSCONFDIR PGOPTIONS
    PGAPPNAME PGSSLMODE PGSSLROOTCERT PGREQUIREPEER PGCHANNELBINDING PGGSSENCMODE PGTARGETSESSIONATTRS
    PGCONNECT_TIMEOUT PGCLIENTENCODING PGTZ PGDATESTYLE SHARDHELM_CLUSTER SHARDHELM_DEMO_DIR)
  list(TRANSFORM forgotten APPEND "=unset:")
  set_tests_properties(${ARG_NAME} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT}
    ENVIRONMENT_MODIFICATION "${forgotten}"
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;LANGUAGE=;PGPASSFILE=/nonexistent;QTEST_FUNCTION_TIMEOUT=${ARG_TIMEOUT}000;XDG_STATE_HOME=${CMAKE_BINARY_DIR}/state;${ARG_ENVIRONMENT}")
endfunction()
