#include "shop/engine.h"

#include "abi/convert_base.hpp"
#include "abi/convert_engine.hpp"
#include "core/money.hpp"
#include "core/random.hpp"
#include "guard.hpp"
#include "session.hpp"
#include "shop/masks.h"

namespace shop::capi {
namespace {

/// What the C input means, with the clock and the randomness that it asks for.
struct Opening {
  OpenOptions options;
  std::shared_ptr<ManualClock> clock;
};

void read_options(Inputs& inputs, const shop_open_input* from, Opening& to) {
  constexpr std::uint64_t known_fields = SHOP_OPEN_INPUT_HAS_BUSY_TIMEOUT_MS |
                                         SHOP_OPEN_INPUT_HAS_MANUAL_CLOCK |
                                         SHOP_OPEN_INPUT_HAS_RANDOM_SEED;
  const Path at;
  shop_open_input c;
  if (!inputs.record(at, from, sizeof c, known_fields, c)) return;
  to.options.create = !inputs.boolean(Path{&at, "must_exist"}, c.must_exist);
  to.options.read_only = inputs.boolean(Path{&at, "read_only"}, c.read_only);
  if ((c.fields & SHOP_OPEN_INPUT_HAS_BUSY_TIMEOUT_MS) != 0) {
    number_into(inputs, Path{&at, "busy_timeout_ms"}, to.options.busy_timeout_ms,
                c.busy_timeout_ms);
  }
  if (c.durability != 0) {
    enumeration_into(inputs, Path{&at, "durability"}, to.options.durability, c.durability);
  }
  to.options.utc_offset_minutes = c.utc_offset_minutes;
  text_into(inputs, Path{&at, "currency"}, to.options.currency, c.currency, max_text_bytes);
  if (c.host_key.data != nullptr) {
    bytes_into(inputs, Path{&at, "host_key"}, to.options.host_key, c.host_key, max_bytes);
  }
  if (c.password_preset != 0) {
    enumeration_into(inputs, Path{&at, "password_preset"}, to.options.password_preset,
                     c.password_preset);
  }
  if ((c.fields & SHOP_OPEN_INPUT_HAS_MANUAL_CLOCK) != 0) {
    to.clock = std::make_shared<ManualClock>(c.manual_clock);
    to.options.clock = to.clock;
  }
  if ((c.fields & SHOP_OPEN_INPUT_HAS_RANDOM_SEED) != 0) {
    to.options.random = core::seeded_random(c.random_seed);
  }
}

Opening opening(Inputs& inputs, const shop_open_input* options) {
  Opening made;
  if (options != nullptr) read_options(inputs, options, made);
  return made;
}

shop_engine* keep(Engine engine, std::shared_ptr<ManualClock> clock) {
  return engines().open(OpenEngine{std::move(engine), std::move(clock)});
}

ManualClock& held_clock(const EngineCall& self) {
  if (!self.opened().clock) {
    throw Error(Code::conflict, "this shop was not opened with a manual clock");
  }
  return *self.opened().clock;
}

/// A time that can still be counted on from.
std::int64_t checked_time(std::int64_t microseconds) {
  if (microseconds > max_magnitude || microseconds < -max_magnitude) {
    throw Error(Code::out_of_range, "a time is out of range");
  }
  return microseconds;
}

}  // namespace
}  // namespace shop::capi

using namespace shop;
using namespace shop::capi;

shop_status shop_engine_open(const char* path, const shop_open_input* options,
                             shop_engine** out_engine, shop_error** out_error) {
  return call(out_error, [&] {
    clear(out_engine, "out_engine");
    Inputs inputs;
    const std::string in_path = inputs.text(Path{nullptr, "path"}, path);
    Opening made = opening(inputs, options);
    inputs.check();
    Engine engine = Engine::open(in_path, made.options);
    *out_engine = keep(std::move(engine), std::move(made.clock));
  });
}

shop_status shop_engine_restore(const char* backup, const char* path,
                                const shop_open_input* options, shop_engine** out_engine,
                                shop_error** out_error) {
  return call(out_error, [&] {
    clear(out_engine, "out_engine");
    Inputs inputs;
    const std::string in_backup = inputs.text(Path{nullptr, "backup"}, backup);
    const std::string in_path = inputs.text(Path{nullptr, "path"}, path);
    Opening made = opening(inputs, options);
    inputs.check();
    Engine engine = Engine::restore(in_backup, in_path, made.options);
    *out_engine = keep(std::move(engine), std::move(made.clock));
  });
}

shop_status shop_engine_open_memory(const shop_open_input* options, shop_engine** out_engine,
                                    shop_error** out_error) {
  return call(out_error, [&] {
    clear(out_engine, "out_engine");
    Inputs inputs;
    Opening made = opening(inputs, options);
    inputs.check();
    Engine engine = Engine::open_memory(made.options);
    *out_engine = keep(std::move(engine), std::move(made.clock));
  });
}

shop_status shop_engine_open_image(const void* image, size_t image_size,
                                   const shop_open_input* options, shop_engine** out_engine,
                                   shop_error** out_error) {
  return call(out_error, [&] {
    clear(out_engine, "out_engine");
    if (image == nullptr) throw Error(Code::invalid_argument, "image must not be NULL");
    Inputs inputs;
    Opening made = opening(inputs, options);
    inputs.check();
    const auto* first = static_cast<const std::byte*>(image);
    const Snapshot snapshot(
        std::make_shared<const std::vector<std::byte>>(first, first + image_size));
    Engine engine = Engine::from_snapshot(snapshot, made.options);
    *out_engine = keep(std::move(engine), std::move(made.clock));
  });
}

shop_status shop_engine_close(shop_engine* engine, shop_error** out_error) {
  return call(out_error, [&] { engines().close(engine, "engine"); });
}

shop_status shop_engine_serialize(shop_engine* engine, const shop_blob** out_image,
                                  shop_error** out_error) {
  return call(out_error, [&] {
    clear(out_image, "out_image");
    give<shop_blob>(out_image, EngineCall(engine).engine().snapshot().bytes());
  });
}

shop_status shop_engine_fork(shop_engine* engine, shop_engine** out_engine,
                             shop_error** out_error) {
  return call(out_error, [&] {
    clear(out_engine, "out_engine");
    const EngineCall self(engine);
    std::shared_ptr<ManualClock> clock;
    if (self.opened().clock) clock = std::make_shared<ManualClock>(self.opened().clock->now());
    Engine copy = self.engine().fork(clock);
    *out_engine = keep(std::move(copy), std::move(clock));
  });
}

shop_status shop_engine_currency(shop_engine* engine, const shop_text** out_currency,
                                 shop_error** out_error) {
  return call(out_error, [&] {
    clear(out_currency, "out_currency");
    give<shop_text>(out_currency, EngineCall(engine).engine().currency().view());
  });
}

shop_status shop_engine_now(shop_engine* engine, shop_time* out_now, shop_error** out_error) {
  return call(out_error, [&] {
    clear(out_now, "out_now");
    *out_now = EngineCall(engine).engine().clock().now();
  });
}

shop_status shop_engine_set_time(shop_engine* engine, shop_time now, shop_error** out_error) {
  return call(out_error, [&] {
    const EngineCall self(engine);
    held_clock(self).set(checked_time(now));
  });
}

shop_status shop_engine_advance(shop_engine* engine, int64_t microseconds, shop_error** out_error) {
  return call(out_error, [&] {
    const EngineCall self(engine);
    ManualClock& clock = held_clock(self);
    clock.set(checked_time(core::add(clock.now(), checked_time(microseconds))));
  });
}
