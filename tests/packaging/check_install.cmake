# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -DBUILD=<build folder> -DSCRATCH=<folder> -DGUI=ON|OFF -DVERSION=<version> -P check_install.cmake
# Installs into a folder with a space in its name and looks at what a desktop, a shell and man would look at.
cmake_minimum_required(VERSION 3.25)

set(prefix "${SCRATCH}/in stalled")
file(REMOVE_RECURSE "${SCRATCH}")
execute_process(COMMAND "${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${prefix}"
  RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE text)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "The installation failed: ${text}")
endif()

# Neither less nor more than this.
set(id org.shardhelm.shardhelm)
set(expected
  bin/shardhelmctl
  share/bash-completion/completions/shardhelmctl
  share/doc/shardhelm/LICENSE
  share/doc/shardhelm/README.md
  share/doc/shardhelm/examples/cluster.toml
  share/man/man1/shardhelmctl.1
  share/zsh/site-functions/_shardhelmctl)
if(GUI)
  list(APPEND expected
    bin/shardhelm
    share/applications/${id}.desktop
    share/icons/hicolor/scalable/apps/${id}.svg
    share/man/man1/shardhelm.1
    share/metainfo/${id}.metainfo.xml)
endif()
file(GLOB_RECURSE found RELATIVE "${prefix}" "${prefix}/*")
list(SORT expected)
list(SORT found)
if(NOT found STREQUAL expected)
  list(JOIN expected "\n  " expected)
  list(JOIN found "\n  " found)
  message(FATAL_ERROR "Expected:\n  ${expected}\nInstalled:\n  ${found}")
endif()
foreach(file IN LISTS expected)
  file(SIZE "${prefix}/${file}" size)
  if(size EQUAL 0)
    message(FATAL_ERROR "Empty: ${file}")
  endif()
endforeach()

# Runs a command; it must end with 0, print the pattern, and print nothing on stderr.
function(check pattern)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE out ERROR_VARIABLE err)
  if(NOT result EQUAL 0 OR NOT err STREQUAL "" OR NOT out MATCHES "${pattern}")
    message(FATAL_ERROR "${ARGN}\nended with ${result}, expected 0 and '${pattern}':\n${out}\n${err}")
  endif()
endfunction()

# The validators are packages of the group test; a build for another system may go without.
find_program(MAN man)
find_program(DESKTOP_FILE_VALIDATE desktop-file-validate)
find_program(APPSTREAMCLI appstreamcli)

set(programs shardhelmctl)
if(GUI)
  list(APPEND programs shardhelm)
endif()
foreach(program IN LISTS programs)
  check("${VERSION}" "${prefix}/bin/${program}" --version)
  if(MAN)
    check("${program}" "${MAN}" --warnings -l "${prefix}/share/man/man1/${program}.1")
  endif()
endforeach()
if(NOT GUI)
  return()
endif()

file(READ "${prefix}/share/applications/${id}.desktop" desktop)
file(READ "${prefix}/share/metainfo/${id}.metainfo.xml" metainfo)
foreach(line "\nExec=shardhelm %f\n" "\nTryExec=shardhelm\n" "\nIcon=${id}\n")
  string(FIND "${desktop}" "${line}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "The desktop entry lacks: ${line}")
  endif()
endforeach()
foreach(part "<id>${id}</id>" "<launchable type=\"desktop-id\">${id}.desktop<" "<release version=\"${VERSION}\"")
  string(FIND "${metainfo}" "${part}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "The metainfo lacks: ${part}")
  endif()
endforeach()
if(DESKTOP_FILE_VALIDATE)
  check("^$" "${DESKTOP_FILE_VALIDATE}" "${prefix}/share/applications/${id}.desktop")
endif()
if(APPSTREAMCLI)
  check("success" "${APPSTREAMCLI}" validate --no-net --pedantic "${prefix}/share/metainfo/${id}.metainfo.xml")
endif()
