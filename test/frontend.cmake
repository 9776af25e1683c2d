# The front end's tests: one executable, its sources in the folders that mirror the compiler's.
find_package(GTest REQUIRED)

add_executable(frontend-tests
  basic/BasicTest.cpp
  diagnostics/PrinterTest.cpp
  parse/KindsTest.cpp
  parse/ProgramTest.cpp
  parse/StatementEndTest.cpp
  parse/SyntaxErrorTest.cpp
  parse/TreeTest.cpp
  parse/HostileInputTest.cpp
  ast/FormatTest.cpp
  ast/PrinterTest.cpp)
target_link_libraries(frontend-tests PRIVATE nn_parse GTest::gtest_main)
target_compile_definitions(frontend-tests PRIVATE NN_TEST_DIR="${CMAKE_CURRENT_SOURCE_DIR}" NN_ROOT="${PROJECT_SOURCE_DIR}")
add_test(NAME frontend-tests COMMAND frontend-tests)
