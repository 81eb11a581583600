# Gathers src/<module>/migrations/NNNN_name.sql of all modules into one generated source file,
# ordered by number, so that the library needs no files beside itself at run time.

file(GLOB SHOP_MIGRATIONS CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/*/migrations/*.sql")
set(SHOP_MIGRATIONS_CPP "${PROJECT_BINARY_DIR}/generated/migrations.cpp")

set(shop_migration_numbers)
foreach(path IN LISTS SHOP_MIGRATIONS)
  get_filename_component(name "${path}" NAME)
  if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_[a-z0-9_]+\\.sql$")
    message(FATAL_ERROR "${path}: a migration is named NNNN_name.sql")
  endif()
  set(number ${CMAKE_MATCH_1})
  if(number IN_LIST shop_migration_numbers)
    message(FATAL_ERROR "${path}: another migration already has the number ${number}")
  endif()
  list(APPEND shop_migration_numbers ${number})
endforeach()

# A list of paths would not survive the command line's semicolons: hand it over in a file.
file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/generated/migrations.txt" CONTENT "${SHOP_MIGRATIONS}"
     @ONLY)
add_custom_command(
  OUTPUT "${SHOP_MIGRATIONS_CPP}"
  COMMAND ${CMAKE_COMMAND} "-DLIST=${PROJECT_BINARY_DIR}/generated/migrations.txt"
          "-DOUTPUT=${SHOP_MIGRATIONS_CPP}" -P "${PROJECT_SOURCE_DIR}/cmake/embed_migrations.cmake"
  DEPENDS ${SHOP_MIGRATIONS} "${PROJECT_BINARY_DIR}/generated/migrations.txt"
          "${PROJECT_SOURCE_DIR}/cmake/embed_migrations.cmake"
  COMMENT "Embedding migrations"
  VERBATIM)
