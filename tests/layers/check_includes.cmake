# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -DROOT=<source tree> -P check_includes.cmake
# Fails when a source file includes what its layer must not know (DESIGN section 2).
cmake_minimum_required(VERSION 3.25)

# layer folder | regular expression of forbidden include lines
set(rules
  "backend|[<\"](QtWidgets|QtGui)/"
  "backend|<Q(Widget|Application|Dialog|MessageBox|MainWindow|Painter|Icon|Pixmap|Color|Palette|StandardItem|GuiApplication)"
  "backend|\"(\\.\\./)*(app|widgets|models|mainwindow|overview|instances|theme|format|wording|export)/"
  "models|[<\"]QtWidgets/"
  "models|<Q(Widget|Application|Dialog|MessageBox|MainWindow|StyledItemDelegate|TableView|Label|LineEdit)"
  "models|\"(\\.\\./)*(app|widgets|mainwindow|overview|theme|firstrun)/"
  "widgets|\"(\\.\\./)*(app|ctl|gui)/"
  "widgets|\"pg/connection\\.h\"")

# Layers from below to above, each with its include root. Folders of the same name may stand in two of them, so what a
# quoted include leads to decides as well: it must not be a file that only a higher layer has.
set(layers backend models widgets app/ctl app/gui)

# A library that only one folder may include: regular expression | folder
set(owners
  "[<\"](libpq-fe|libpq/|postgres_ext|libpq-events)|backend/pg/"
  "[<\"](pg_query|pg_query/)|backend/sql/"
  "[<\"]qcustomplot|widgets/charts/"
  "[<\"]Qsci/|widgets/workbench/"
  "[<\"]toml\\+\\+|backend/cluster/"
  "[<\"]qt6?keychain|backend/pg/")

set(violations)
foreach(layer backend models widgets app)
  file(GLOB_RECURSE files RELATIVE "${ROOT}" "${ROOT}/${layer}/*.h" "${ROOT}/${layer}/*.cpp")
  foreach(file IN LISTS files)
    file(STRINGS "${ROOT}/${file}" includes REGEX "^[ \t]*#[ \t]*include")
    foreach(line IN LISTS includes)
      foreach(rule IN LISTS rules)
        string(REGEX MATCH "^([a-z]+)\\|(.*)$" _ "${rule}")
        if(CMAKE_MATCH_1 STREQUAL layer AND line MATCHES "${CMAKE_MATCH_2}")
          list(APPEND violations "${file}: ${line}")
        endif()
      endforeach()
      if(line MATCHES "\"([^\"]+)\"")
        set(included "${CMAKE_MATCH_1}")
        get_filename_component(beside "${ROOT}/${file}" DIRECTORY)
        set(lower "${beside}/${included}")
        set(higher)
        set(above FALSE)
        foreach(root IN LISTS layers)
          if(above)
            list(APPEND higher "${ROOT}/${root}/${included}")
          else()
            list(APPEND lower "${ROOT}/${root}/${included}")
          endif()
          if(root STREQUAL layer)
            set(above TRUE)
          endif()
        endforeach()
        set(found_lower FALSE)
        foreach(path IN LISTS lower)
          if(EXISTS "${path}")
            set(found_lower TRUE)
          endif()
        endforeach()
        foreach(path IN LISTS higher)
          if(EXISTS "${path}" AND NOT found_lower)
            list(APPEND violations "${file}: ${line} (only in a higher layer)")
          endif()
        endforeach()
      endif()
      foreach(owner IN LISTS owners)
        string(REGEX MATCH "^(.*)\\|([a-z/]+)$" _ "${owner}")
        set(expression "${CMAKE_MATCH_1}")
        set(folder "${CMAKE_MATCH_2}")
        string(FIND "${file}" "${folder}" at)
        if(line MATCHES "${expression}" AND NOT at EQUAL 0)
          list(APPEND violations "${file}: ${line} (only in ${folder})")
        endif()
      endforeach()
    endforeach()
  endforeach()
endforeach()

if(violations)
  list(JOIN violations "\n  " text)
  message(FATAL_ERROR "Layer violations:\n  ${text}")
endif()
