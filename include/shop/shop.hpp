#pragma once

// All of libshop.
#include "shop/catalog.hpp"
#include "shop/clock.hpp"
#include "shop/engine.hpp"
#include "shop/error.hpp"
#include "shop/events.hpp"
#include "shop/inventory.hpp"
#include "shop/notify.hpp"
#include "shop/reports.hpp"
#include "shop/session.hpp"
#include "shop/types.hpp"
#include "shop/verify.hpp"
#include "shop/wishlist.hpp"
