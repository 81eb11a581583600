# What a build can be asked for, and the flags every target of ours is compiled with.

option(SHOP_BUILD_TESTS "Build the tests" ${PROJECT_IS_TOP_LEVEL})
option(SHOP_BUILD_BENCH "Build the benchmarks (with the tests)" ON)
option(SHOP_BUILD_EXAMPLES "Build the examples" ${PROJECT_IS_TOP_LEVEL})
option(SHOP_INSTALL "Make install rules" ${PROJECT_IS_TOP_LEVEL})
option(SHOP_WERROR "Treat warnings as errors" ${PROJECT_IS_TOP_LEVEL})
option(SHOP_COVERAGE "Instrument for llvm-cov (clang only)" OFF)
option(SHOP_FUZZ "Build the libFuzzer targets (clang only)" OFF)
option(SHOP_USE_LLD "Link with lld when it is installed" ON)
set(SHOP_SANITIZE "" CACHE STRING "Sanitizers to build with, as in -fsanitize=: address,undefined")
set(SHOP_TEST_TIMEOUT_S 300 CACHE STRING "Seconds a test program may take")

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Kind of build" FORCE)
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# Carried by every target of ours and by nobody else's: never exported.
add_library(shop_flags INTERFACE)

set(shop_warnings -Wall -Wextra -Wno-missing-field-initializers -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wundef)
list(APPEND shop_warnings $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>
     $<$<COMPILE_LANGUAGE:CXX>:-Woverloaded-virtual> $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes>)
# A member that a designated initializer leaves out has its default: that is what they are for.
list(APPEND shop_warnings -Wno-missing-field-initializers)
if(SHOP_WERROR)
  list(APPEND shop_warnings -Werror)
endif()
target_compile_options(shop_flags INTERFACE ${shop_warnings})

if(SHOP_SANITIZE)
  set(shop_sanitize "-fsanitize=${SHOP_SANITIZE}" -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_options(shop_flags INTERFACE ${shop_sanitize})
  target_link_options(shop_flags INTERFACE "-fsanitize=${SHOP_SANITIZE}")
endif()

if(SHOP_COVERAGE)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "SHOP_COVERAGE needs clang: the report is made by llvm-cov")
  endif()
  # Counters that can live in a mapped file (%c in LLVM_PROFILE_FILE): what is killed counts too.
  target_compile_options(shop_flags INTERFACE -fprofile-instr-generate -fcoverage-mapping
                                              "SHELL:-mllvm -runtime-counter-relocation")
  target_link_options(shop_flags INTERFACE -fprofile-instr-generate)
endif()

if(SHOP_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "SHOP_FUZZ needs clang: libFuzzer is a part of it")
  endif()
  target_compile_options(shop_flags INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(shop_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

if(SHOP_USE_LLD)
  find_program(SHOP_LLD ld.lld)
  mark_as_advanced(SHOP_LLD)
  if(SHOP_LLD)
    target_link_options(shop_flags INTERFACE -fuse-ld=lld)
  endif()
endif()
