# Installs the two libraries, their headers, find_package(shop) and the .pc files.

include(CMakePackageConfigHelpers)
set(shop_config_dir "${CMAKE_INSTALL_LIBDIR}/cmake/shop")

install(TARGETS shop EXPORT shop-cpp-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/shop DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING
        PATTERN "*.hpp")
install(EXPORT shop-cpp-targets NAMESPACE shop:: DESTINATION "${shop_config_dir}")

if(TARGET shop_capi)
  set_target_properties(shop_capi PROPERTIES EXPORT_NAME capi)
  install(TARGETS shop_capi EXPORT shop-capi-targets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(DIRECTORY capi/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING
          PATTERN "*.h")
  install(EXPORT shop-capi-targets NAMESPACE shop:: DESTINATION "${shop_config_dir}")
endif()

configure_package_config_file(cmake/shop-config.cmake.in
                              "${PROJECT_BINARY_DIR}/generated/shop-config.cmake"
                              INSTALL_DESTINATION "${shop_config_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/generated/shop-config-version.cmake"
                                 COMPATIBILITY SameMajorVersion)
install(FILES "${PROJECT_BINARY_DIR}/generated/shop-config.cmake"
              "${PROJECT_BINARY_DIR}/generated/shop-config-version.cmake"
        DESTINATION "${shop_config_dir}")

# A static library cannot carry its dependencies: shop-cpp.pc names them.
set(SHOP_PC_REQUIRES "sqlite3 libsodium libutf8proc fmt")
if(SHOP_HAS_CURL)
  string(APPEND SHOP_PC_REQUIRES " libcurl")
endif()
file(RELATIVE_PATH SHOP_PC_PREFIX "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
string(REGEX REPLACE "/$" "" SHOP_PC_PREFIX "${SHOP_PC_PREFIX}")
foreach(pc shop shop-cpp)
  configure_file(cmake/${pc}.pc.in "${PROJECT_BINARY_DIR}/generated/${pc}.pc" @ONLY)
  install(FILES "${PROJECT_BINARY_DIR}/generated/${pc}.pc"
          DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
endforeach()
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/libshop")
