# How the compiler's libraries are made: one `nn_library` per folder, whose link list is the layering, and
# `nn_mlir_library` for those that include MLIR (no exceptions, one shared precompiled header).
find_package(MLIR REQUIRED CONFIG PATHS /usr/lib/llvm-22/lib/cmake/mlir NO_DEFAULT_PATH)
set(MLIR_BINARY_DIR ${CMAKE_BINARY_DIR})
list(APPEND CMAKE_MODULE_PATH ${MLIR_CMAKE_DIR} ${LLVM_CMAKE_DIR})
include(TableGen)
include(AddLLVM)
include(AddMLIR)
# AddLLVM changes where outputs go and which flags apply; ours stand.
set(LLVM_RUNTIME_OUTPUT_INTDIR ${CMAKE_BINARY_DIR}/bin)

# LLVM without MLIR: source manager, JSON, containers. The headers are foreign, so warnings in them are not ours.
add_library(nn_llvm INTERFACE)
target_include_directories(nn_llvm SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS})
target_link_libraries(nn_llvm INTERFACE nn_options LLVM)

add_library(nn_mlir INTERFACE)
target_include_directories(nn_mlir SYSTEM INTERFACE ${MLIR_INCLUDE_DIRS})
target_link_libraries(nn_mlir INTERFACE nn_llvm MLIR)

add_library(nn_mlir_pch OBJECT ${PROJECT_SOURCE_DIR}/cmake/Precompiled.cpp)
target_link_libraries(nn_mlir_pch PRIVATE nn_mlir)
target_compile_options(nn_mlir_pch PRIVATE -fno-exceptions -fpch-preprocess)
target_precompile_headers(nn_mlir_pch PRIVATE ${PROJECT_SOURCE_DIR}/cmake/Precompiled.h)

# nn_library(name SOURCES... LINK libraries...)
function(nn_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  target_link_libraries(${name} PUBLIC nn_llvm ${arg_LINK})
endfunction()

function(nn_mlir_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  target_link_libraries(${name} PUBLIC nn_mlir ${arg_LINK})
  target_compile_options(${name} PRIVATE -fno-exceptions -fpch-preprocess)
  target_precompile_headers(${name} REUSE_FROM nn_mlir_pch)
  if(arg_DEPENDS)
    add_dependencies(${name} ${arg_DEPENDS})
  endif()
endfunction()
