# What all our own targets are compiled with.
set(nn_warnings -Wall -Wextra -Werror -Wno-unused-parameter)

add_library(nn_options INTERFACE)
target_include_directories(nn_options INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
target_compile_options(nn_options INTERFACE ${nn_warnings})
