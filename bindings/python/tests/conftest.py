pytest_plugins = ["libshop.pytest_plugin"]
