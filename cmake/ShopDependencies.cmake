# Everything comes from the system's packages; a build never downloads.
# SQLite is always the system's shared library: two copies of SQLite in one process cancel each
# other's file locks.

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
find_package(SQLiteCpp 3.2 REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(libsodium REQUIRED IMPORTED_TARGET libsodium>=1.0.18)
pkg_check_modules(libutf8proc REQUIRED IMPORTED_TARGET libutf8proc>=2.6)

set(SHOP_DEPENDENCIES SQLiteCpp SQLite::SQLite3 PkgConfig::libsodium PkgConfig::libutf8proc fmt::fmt
    Threads::Threads)

# Fetching from other services is optional: without libcurl its calls are refused as unsupported.
set(SHOP_HAS_CURL OFF)
if(IS_DIRECTORY "${PROJECT_SOURCE_DIR}/src/fetch")
  find_package(CURL QUIET)
  if(CURL_FOUND)
    set(SHOP_HAS_CURL ON)
    list(APPEND SHOP_DEPENDENCIES CURL::libcurl)
  endif()
endif()
