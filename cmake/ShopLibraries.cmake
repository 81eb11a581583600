# shop       static, C++: everything under src/, for programs that include <shop/...>
# shop_capi  shared, C: the same objects behind capi/, exporting shop_* and nothing else

file(GLOB_RECURSE SHOP_SOURCES CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/*.cpp")
file(GLOB_RECURSE SHOP_CAPI_SOURCES CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/capi/*.cpp")
if(NOT SHOP_SOURCES)
  return()
endif()

# A release is small where speed is SQLite's affair, and fast where our own code is in the way of
# every call: the store, the pure functions, and what is read or quoted most.
set(SHOP_HOT_SOURCES
    "src/db/.*|src/core/(crypto|digest|encoding|function|json|money|text|time)[^/]*"
    "src/accounts/(guard|password)|src/catalog/(facts|listing_store|lookup|product_store|reader|store|writer)"
    "src/search/(find|index_store|indexer|page|postings|suggest|words)|src/pricing/(benefits|conditions|promotions|quote|steps|tax)"
    "src/transfer/(columns|csv_reader|importer|product_rows|read_ahead)"
    "capi/(block|guard|input|result|session)|capi/abi/(convert_product|convert_base)")
list(JOIN SHOP_HOT_SOURCES "|" SHOP_HOT_SOURCES)
set(SHOP_COLD_OPTIONS)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  set(SHOP_COLD_OPTIONS $<$<COMPILE_LANGUAGE:CXX>:-Os>)
  foreach(source IN LISTS SHOP_SOURCES SHOP_CAPI_SOURCES)
    if(source MATCHES "/(${SHOP_HOT_SOURCES})\\.cpp$")
      set_source_files_properties("${source}" PROPERTIES COMPILE_OPTIONS -O2)
    endif()
  endforeach()
endif()

# In a unity build a module is one unit, but for files that share a file-local name with a neighbour.
set(SHOP_ALONE "accounts/(profile_service|session_store)|cart/service"
               "flows/(fulfil_part|return_items)|payments/wallet_store"
               "pricing/conditions|reports/verify")
list(JOIN SHOP_ALONE "|" SHOP_ALONE)
foreach(source IN LISTS SHOP_SOURCES)
  get_filename_component(module "${source}" DIRECTORY)
  get_filename_component(module "${module}" NAME)
  if(source MATCHES "/(${SHOP_ALONE})\\.cpp$")
    set_source_files_properties("${source}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  else()
    set_source_files_properties("${source}" PROPERTIES UNITY_GROUP "${module}")
  endif()
endforeach()

add_library(shop_objects OBJECT ${SHOP_SOURCES})
set_target_properties(shop_objects PROPERTIES UNITY_BUILD_MODE GROUP)
target_compile_options(shop_objects PRIVATE ${SHOP_COLD_OPTIONS})
if(EXISTS "${PROJECT_SOURCE_DIR}/src/db/migrations.hpp")
  target_sources(shop_objects PRIVATE "${SHOP_MIGRATIONS_CPP}")
endif()
target_include_directories(shop_objects PRIVATE "${PROJECT_SOURCE_DIR}/src"
                                                "${PROJECT_SOURCE_DIR}/include")
target_compile_definitions(shop_objects PRIVATE SHOP_VERSION="${PROJECT_VERSION}"
                                                SHOP_HAS_CURL=$<BOOL:${SHOP_HAS_CURL}>)
target_link_libraries(shop_objects PRIVATE shop_flags ${SHOP_DEPENDENCIES})

# Not libshop.a: -lshop must mean the C library, whose C++ symbols are hidden.
add_library(shop STATIC $<TARGET_OBJECTS:shop_objects>)
add_library(shop::shop ALIAS shop)
set_target_properties(shop PROPERTIES OUTPUT_NAME shop-cpp LINKER_LANGUAGE CXX)
target_include_directories(shop INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                                          $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_compile_features(shop INTERFACE cxx_std_20)
target_link_libraries(shop PRIVATE ${SHOP_DEPENDENCIES})
if(SHOP_SANITIZE)
  target_link_options(shop INTERFACE $<BUILD_INTERFACE:-fsanitize=${SHOP_SANITIZE}>)
endif()

# For our own tests and the C layer: the library with the headers that stay private.
add_library(shop_internal INTERFACE)
target_include_directories(shop_internal INTERFACE "${PROJECT_SOURCE_DIR}/src")
target_compile_definitions(shop_internal INTERFACE SHOP_VERSION="${PROJECT_VERSION}"
                                                   SHOP_HAS_CURL=$<BOOL:${SHOP_HAS_CURL}>)
target_link_libraries(shop_internal INTERFACE shop shop_flags ${SHOP_DEPENDENCIES})

if(SHOP_CAPI_SOURCES)
  # The generated script names each function; without it the prefix alone keeps the rest in.
  set(SHOP_VERSION_SCRIPT "${PROJECT_SOURCE_DIR}/capi/abi/shop.map")
  if(NOT EXISTS "${SHOP_VERSION_SCRIPT}")
    set(SHOP_VERSION_SCRIPT "${PROJECT_BINARY_DIR}/generated/shop.map")
    file(CONFIGURE OUTPUT "${SHOP_VERSION_SCRIPT}"
         CONTENT "SHOP_${SHOP_ABI_MAJOR} { global: shop_*; local: *; };\n")
  endif()

  # Objects, because the scenario runner calls the converters that the library hides.
  add_library(shop_capi_objects OBJECT ${SHOP_CAPI_SOURCES})
  target_compile_definitions(shop_capi_objects PRIVATE SHOP_BUILDING=1
                                                       SHOP_VERSION="${PROJECT_VERSION}")
  target_include_directories(
    shop_capi_objects
    PUBLIC "${PROJECT_SOURCE_DIR}/include" "${PROJECT_SOURCE_DIR}/src" "${PROJECT_SOURCE_DIR}/capi"
           "${PROJECT_SOURCE_DIR}/capi/include")
  target_link_libraries(shop_capi_objects PRIVATE shop_flags ${SHOP_DEPENDENCIES})
  target_compile_options(shop_capi_objects PRIVATE ${SHOP_COLD_OPTIONS})

  add_library(shop_capi SHARED $<TARGET_OBJECTS:shop_objects> $<TARGET_OBJECTS:shop_capi_objects>)
  add_library(shop::capi ALIAS shop_capi)
  set_target_properties(
    shop_capi
    PROPERTIES OUTPUT_NAME shop
               VERSION ${PROJECT_VERSION}
               SOVERSION ${SHOP_ABI_MAJOR}
               LINK_DEPENDS "${SHOP_VERSION_SCRIPT}")
  set_target_properties(shop_capi PROPERTIES LINKER_LANGUAGE CXX)
  target_include_directories(
    shop_capi
    PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/capi/include>
           $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  # fmt by its file: as a target it would become something that every C program has to find.
  set(capi_dependencies ${SHOP_DEPENDENCIES})
  list(TRANSFORM capi_dependencies REPLACE "^fmt::fmt$" "$<TARGET_LINKER_FILE:fmt::fmt>")
  target_link_libraries(shop_capi PRIVATE $<BUILD_INTERFACE:shop_flags> ${capi_dependencies})
  target_link_options(shop_capi PRIVATE "LINKER:--version-script=${SHOP_VERSION_SCRIPT}"
                      LINKER:--gc-sections)
  if(SHOP_USE_LLD AND SHOP_LLD AND CMAKE_BUILD_TYPE STREQUAL "Release")
    target_link_options(shop_capi PRIVATE LINKER:--icf=all)  # many templates compile to the same
  endif()
  if(NOT SHOP_SANITIZE MATCHES "." OR CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_link_options(shop_capi PRIVATE LINKER:-z,defs)
  endif()
endif()

# A C program of ours against the C library. Sanitized C++ wants the C++ part of their runtime.
function(shop_link_capi target)
  target_link_libraries(${target} PRIVATE shop_capi shop_flags ${ARGN})
  if(SHOP_SANITIZE)
    set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX)
  endif()
endfunction()
