# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -DSOURCE=<tests/layers> -DSCRATCH=<folder> -P check_violations.cmake
# Proves that both layer checks bite: each line below is planted into an otherwise clean tree and must be refused.
cmake_minimum_required(VERSION 3.25)

set(planted
  "backend/core/x.cpp|#include <QtWidgets/QWidget>"
  "backend/core/x.cpp|#include <QWidget>"
  "backend/core/x.cpp|#include <QtGui/QColor>"
  "backend/core/x.cpp|#include \"format/units.h\""
  "backend/core/x.cpp|#include \"../../widgets/theme/theme.h\""
  "backend/cluster/x.cpp|#include <libpq-fe.h>"
  "models/cluster/x.cpp|#include <libpq-fe.h>"
  "backend/pg/x.cpp|#include <pg_query.h>"
  "models/cluster/x.h|#include <QStyledItemDelegate>"
  "models/cluster/x.h|#include \"theme/theme.h\""
  "models/instances/x.h|#include \"instances/table.h\""
  "widgets/overview/x.cpp|#include <qcustomplot.h>"
  "widgets/overview/x.cpp|#include \"ctl/command.h\""
  "widgets/overview/x.cpp|#include \"pg/connection.h\"")
foreach(entry IN LISTS planted)
  string(REGEX MATCH "^([^|]+)\\|(.*)$" _ "${entry}")
  set(file "${CMAKE_MATCH_1}")
  set(line "${CMAKE_MATCH_2}")
  file(REMOVE_RECURSE "${SCRATCH}/tree")
  file(WRITE "${SCRATCH}/tree/backend/pg/fine.cpp" "#include <libpq-fe.h>\n#include <QString>\n")
  file(WRITE "${SCRATCH}/tree/widgets/instances/table.h" "#pragma once\n")
  file(WRITE "${SCRATCH}/tree/models/instances/rows.h" "#pragma once\n")
  file(WRITE "${SCRATCH}/tree/models/instances/rows.cpp" "#include \"instances/rows.h\"\n")
  execute_process(COMMAND "${CMAKE_COMMAND}" "-DROOT=${SCRATCH}/tree" -P "${SOURCE}/check_includes.cmake"
    RESULT_VARIABLE clean OUTPUT_QUIET ERROR_QUIET)
  if(NOT clean EQUAL 0)
    message(FATAL_ERROR "The clean tree is refused")
  endif()
  file(WRITE "${SCRATCH}/tree/${file}" "${line}\n")
  execute_process(COMMAND "${CMAKE_COMMAND}" "-DROOT=${SCRATCH}/tree" -P "${SOURCE}/check_includes.cmake"
    RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE text)
  if(result EQUAL 0 OR NOT text MATCHES "Layer violations")
    message(FATAL_ERROR "Not caught: ${line} in ${file}")
  endif()
endforeach()

# assert_layer: links of every kind that lead upwards stop the configure step.
foreach(case none direct interface private)
  file(REMOVE_RECURSE "${SCRATCH}/links")
  execute_process(COMMAND "${CMAKE_COMMAND}" -S "${SOURCE}/links" -B "${SCRATCH}/links" "-DCASE=${case}"
    RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE text)
  if(case STREQUAL none)
    if(NOT result EQUAL 0)
      message(FATAL_ERROR "The clean project is refused: ${text}")
    endif()
  elseif(result EQUAL 0 OR NOT text MATCHES "Layer violation")
    message(FATAL_ERROR "Link not caught: ${case}")
  endif()
endforeach()
