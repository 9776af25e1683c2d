# Finds ANTLR 4: the tool that turns the grammar into C++ at build time, and the runtime, static where there is one.
# `nn_antlr_parser(name GRAMMAR file PACKAGE namespace)` makes a library of the generated code: its headers are
# foreign (no warnings from them), it throws, and it is the business of `parse/` alone.
find_program(ANTLR4_TOOL NAMES antlr4 REQUIRED)
find_path(ANTLR4_INCLUDE antlr4-runtime.h PATH_SUFFIXES antlr4-runtime REQUIRED)
find_library(ANTLR4_LIBRARY NAMES libantlr4-runtime.a antlr4-runtime REQUIRED)
find_package(Threads REQUIRED)

function(nn_antlr_parser name)
  cmake_parse_arguments(arg "" "GRAMMAR;PACKAGE" "" ${ARGN})
  get_filename_component(grammar ${arg_GRAMMAR} NAME_WE)
  set(directory ${CMAKE_CURRENT_BINARY_DIR}/generated)
  set(sources ${directory}/${grammar}Lexer.cpp ${directory}/${grammar}Parser.cpp)
  add_custom_command(
    OUTPUT ${sources} ${directory}/${grammar}Lexer.h ${directory}/${grammar}Parser.h
    COMMAND ${ANTLR4_TOOL} -Dlanguage=Cpp -no-listener -no-visitor -package ${arg_PACKAGE} -Werror -Xexact-output-dir
            -o ${directory} ${arg_GRAMMAR}
    DEPENDS ${arg_GRAMMAR}
    COMMENT "Generating the parser of ${grammar}.g4"
    VERBATIM)
  add_library(${name} STATIC ${sources})
  target_include_directories(${name} SYSTEM PUBLIC ${directory} ${ANTLR4_INCLUDE})
  target_compile_options(${name} PRIVATE -fexceptions -w)
  target_link_libraries(${name} PUBLIC ${ANTLR4_LIBRARY} Threads::Threads)
endfunction()
