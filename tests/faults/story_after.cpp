#include "faults/story_parts.hpp"

// What follows a sale: wishes, reviews, points, notices, recommendations, reports, events, audit.
namespace shop::test::chapters {
namespace {

void wishes(Steps& steps) {
  steps.push_back({"make a wishlist", [](World& w) {
                     w.name("wishes", w.shop->wishlist().create(w.as("ann"), "Birthday").id);
                   }});
  steps.push_back({"rename a wishlist", [](World& w) {
                     (void)w.shop->wishlist().rename(w.as("ann"), w.id("wishes"), "Christmas");
                   }});
  for (const char* product : {"chess", "dice product"}) {
    steps.push_back({std::string{"wish for "} + product, [=](World& w) {
                       const auto wish =
                           w.shop->wishlist().add(w.as("ann"), {.product_id = w.id(product)});
                       w.name("first wishes", wish.wishlist_id);
                     }});
  }
  steps.push_back({"move a wish", [](World& w) {
                     w.shop->wishlist().move(w.as("ann"), w.id("first wishes"), w.id("chess"),
                                             w.id("wishes"));
                   }});
  steps.push_back({"put a wish into the cart", [](World& w) {
                     WishlistToCart input;
                     input.wishlist_id = w.id("first wishes");
                     input.product_id = w.id("dice product");
                     (void)w.shop->wishlist().move_to_cart(w.as("ann"), input);
                   }});
  steps.push_back({"share a wishlist", [](World& w) {
                     w.note("share", w.shop->wishlist().share(w.as("ann"), w.id("wishes")));
                   }});
  steps.push_back({"read wishes", [](World& w) {
                     auto& wishlist = w.shop->wishlist();
                     (void)wishlist.shared(w.as("guest"), w.text("share"));
                     (void)wishlist.lists(w.as("ann"));
                     (void)wishlist.items(w.as("ann"), w.id("wishes"), {});
                     (void)wishlist.wished(w.as("guest"), w.id("chess"));
                     (void)wishlist.most_wished(w.host(), {});
                   }});
  steps.push_back({"share a wishlist no more",
                   [](World& w) { w.shop->wishlist().unshare(w.as("ann"), w.id("wishes")); }});
  steps.push_back({"take a wish off", [](World& w) {
                     w.shop->wishlist().take_off(w.as("ann"), w.id("wishes"), w.id("chess"));
                   }});
  steps.push_back({"remove a wishlist",
                   [](World& w) { w.shop->wishlist().remove(w.as("ann"), w.id("wishes")); }});
  steps.push_back({"sell out", [](World& w) {
                     const auto left = w.shop->inventory().level(w.host(), w.id("small"));
                     (void)w.shop->inventory().adjust(
                         w.host(), {.variant_id = w.id("small"), .change = -left.available});
                   }});
  steps.push_back({"wait for goods", [](World& w) {
                     (void)w.shop->wishlist().wait_for(w.as("ann"), w.id("small"));
                   }});
  steps.push_back({"also wait for them", [](World& w) {
                     (void)w.shop->wishlist().wait_for(w.as("carl"), w.id("small"));
                   }});
  steps.push_back(
      {"see what one waits for", [](World& w) { (void)w.shop->wishlist().waiting(w.as("ann")); }});
  steps.push_back({"wait no more",
                   [](World& w) { w.shop->wishlist().stop_waiting(w.as("carl"), w.id("small")); }});
  steps.push_back({"receive what somebody waits for", [](World& w) {
                     (void)w.shop->inventory().receive(
                         w.host(), {.variant_id = w.id("small"), .quantity = 20});
                   }});
}

void reviews(Steps& steps) {
  steps.push_back({"say who may review", [](World& w) {
                     ReviewSettings settings;
                     settings.requirement = ReviewRequirement::anyone;
                     settings.moderated = true;
                     (void)w.shop->reviews().set_settings(w.host(), settings);
                   }});
  for (const char* who : {"ann", "carl"}) {
    steps.push_back({std::string{"review as "} + who, [=](World& w) {
                       ReviewInput input;
                       input.product_id = w.id("chess");
                       input.stars = who[0] == 'a' ? 5 : 2;
                       input.text = "As described";
                       w.name(who[0] == 'a' ? "review" : "review2",
                              w.shop->reviews().add(w.as(who), input).id);
                     }});
  }
  steps.push_back({"publish a review", [](World& w) {
                     ReviewDecision decision;
                     decision.review_id = w.id("review");
                     (void)w.shop->reviews().moderate(w.host(), decision);
                   }});
  steps.push_back({"answer a review", [](World& w) {
                     (void)w.shop->reviews().answer(w.host(), w.id("review"), "Thank you");
                   }});
  steps.push_back({"vote for a review", [](World& w) {
                     (void)w.shop->reviews().vote(w.as("carl"), w.id("review"), true);
                   }});
  steps.push_back({"take a vote back",
                   [](World& w) { (void)w.shop->reviews().unvote(w.as("carl"), w.id("review")); }});
  steps.push_back({"change a review", [](World& w) {
                     ReviewChange change;
                     change.review_id = w.id("review");
                     change.version = w.shop->reviews().get(w.as("ann"), w.id("review")).version;
                     change.stars = 4;
                     (void)w.shop->reviews().update(w.as("ann"), change);
                   }});
  steps.push_back({"remove a review",
                   [](World& w) { w.shop->reviews().remove(w.as("carl"), w.id("review2")); }});
  steps.push_back({"read reviews", [](World& w) {
                     auto& reviews = w.shop->reviews();
                     (void)reviews.mine(w.as("ann"), {});
                     (void)reviews.list(w.host(), {.product_id = w.id("chess")}, {});
                     (void)reviews.summary(w.host(), w.id("chess"));
                     (void)reviews.top_rated(w.host(), {});
                     (void)reviews.most_reviewed(w.host(), {});
                     (void)reviews.queue(w.host(), {});
                     (void)reviews.settings(w.host());
                   }});
}

void points(Steps& steps) {
  steps.push_back({"start a programme of points", [](World& w) {
                     (void)w.shop->loyalty().set_program(w.host(), {100, {100, "GBP"}, 365});
                   }});
  steps.push_back({"say what earns points", [](World& w) {
                     LoyaltyRuleInput rule;
                     rule.name = "Shopping";
                     rule.points = 1;
                     rule.per = Money{100, "GBP"};
                     w.name("rule", w.shop->loyalty().save_rule(w.host(), rule).id);
                   }});
  steps.push_back({"say what bringing a friend earns", [](World& w) {
                     LoyaltyRuleInput rule;
                     rule.kind = LoyaltyRuleKind::referral;
                     rule.name = "Friends";
                     rule.points = 50;
                     rule.friend_points = 20;
                     w.name("rule2", w.shop->loyalty().save_rule(w.host(), rule).id);
                   }});
  steps.push_back({"name tiers", [](World& w) {
                     (void)w.shop->loyalty().set_tiers(
                         w.host(), {{{"Silver", 100, 1'100'000}, {"Gold", 500, 1'500'000}}});
                   }});
  steps.push_back({"give points", [](World& w) {
                     (void)w.shop->loyalty().adjust(w.host(), {w.id("ann"), 300, "welcome"});
                   }});
  steps.push_back({"ask for the code for friends", [](World& w) {
                     w.note("friend", w.shop->loyalty().referral(w.as("carl")).code);
                   }});
  steps.push_back({"name who brought one",
                   [](World& w) { w.shop->loyalty().refer(w.as("ben again"), w.text("friend")); }});
  steps.push_back({"fill a cart for points", [](World& w) {
                     (void)w.shop->cart().add(w.as("ann"), 0,
                                              {.variant_id = w.id("large"), .quantity = 1});
                   }});
  steps.push_back({"pay with points", [](World& w) {
                     PlaceInput input;
                     input.idempotency_key = "ann 3";
                     input.payments = {{.tender = Tender::points, .amount = Money{200, "GBP"}},
                                       {.tender = Tender::cash}};
                     w.name("ann's third order", w.shop->orders().place(w.as("ann"), 0, input).id);
                   }});
  steps.push_back(
      {"let points expire", [](World& w) { (void)w.shop->loyalty().expire(w.host()); }, true});
  steps.push_back({"read points", [](World& w) {
                     auto& loyalty = w.shop->loyalty();
                     (void)loyalty.program(w.host());
                     (void)loyalty.rules(w.host());
                     (void)loyalty.tiers(w.host());
                     (void)loyalty.account(w.as("ann"));
                     (void)loyalty.account_of(w.host(), w.id("ann"));
                     (void)loyalty.entries(w.as("ann"), {});
                     (void)loyalty.entries_of(w.host(), w.id("ann"), {});
                   }});
  steps.push_back(
      {"let a rule go", [](World& w) { w.shop->loyalty().remove_rule(w.host(), w.id("rule2")); }});
}

void notices(Steps& steps) {
  steps.push_back({"send a notice", [](World& w) {
                     (void)w.shop->notify().send(w.host(), {w.id("ann"), "Hello", "New goods"});
                   }});
  steps.push_back({"read notices", [](World& w) {
                     auto& notify = w.shop->notify();
                     const auto page = notify.list(w.as("ann"), {}, {});
                     w.note("notice", page.items.front().uuid);
                     (void)notify.unread(w.as("ann"));
                     (void)notify.preferences(w.as("ann"));
                     (void)notify.retention(w.host());
                   }});
  steps.push_back({"mark a notice read",
                   [](World& w) { w.shop->notify().mark_read(w.as("ann"), w.text("notice")); }});
  steps.push_back({"mark a notice unread",
                   [](World& w) { w.shop->notify().mark_unread(w.as("ann"), w.text("notice")); }});
  steps.push_back({"mark all notices read",
                   [](World& w) { (void)w.shop->notify().mark_all_read(w.as("ann")); }});
  steps.push_back({"remove a notice",
                   [](World& w) { w.shop->notify().remove(w.as("ann"), w.text("notice")); }});
  steps.push_back({"say which notices one wants", [](World& w) {
                     (void)w.shop->notify().set_preference(
                         w.as("ann"), {NotificationKind::price_drop, true, false});
                   }});
  steps.push_back({"say how long notices stay", [](World& w) {
                     (void)w.shop->notify().set_retention(w.host(), {30, 100});
                   }});
  steps.push_back(
      {"prune notices", [](World& w) { (void)w.shop->notify().prune(w.host()); }, true});
}

void recommendations(Steps& steps) {
  steps.push_back({"say what may be remembered", [](World& w) {
                     (void)w.shop->recommend().set_settings(w.host(), {true, true});
                   }});
  steps.push_back({"look at a product",
                   [](World& w) { w.shop->recommend().view(w.as("ann"), w.id("chess")); }, true});
  steps.push_back({"find what goes together",
                   [](World& w) { (void)w.shop->recommend().refresh(w.host()); }, true});
  steps.push_back({"recommend", [](World& w) {
                     auto& recommend = w.shop->recommend();
                     const RecommendQuery query{.product_ids = {w.id("chess")}};
                     (void)recommend.bought_together(w.host(), query);
                     (void)recommend.similar(w.host(), query);
                     (void)recommend.for_customer(w.as("ann"), {});
                     (void)recommend.trending(w.host(), {});
                     (void)recommend.recently_viewed(w.as("ann"), {});
                     (void)recommend.associations(w.host(), 2, {});
                     (void)recommend.privacy(w.as("ann"));
                     (void)recommend.settings(w.host());
                   }});
  steps.push_back({"forget what was looked at",
                   [](World& w) { (void)w.shop->recommend().forget_views(w.as("ann")); }});
  steps.push_back({"ask not to be remembered", [](World& w) {
                     (void)w.shop->recommend().set_privacy(w.as("ann"), {false, false});
                   }});
}

void reports(Steps& steps) {
  steps.push_back({"report on goods",
                   [](World& w) {
                     auto& reports = w.shop->reports();
                     (void)reports.products(w.host(), {}, {});
                     (void)reports.top_selling(w.host(), {});
                     (void)reports.never_sold(w.host(), {}, {});
                     (void)reports.trending(w.host(), {});
                     (void)reports.low_stock(w.host(), {}, {});
                     (void)reports.stock_outs(w.host(), {}, {});
                     (void)reports.stock_turn(w.host(), {}, {});
                     (void)reports.my_products(w.as("carl"), {}, MyProductOrder::newest, {});
                   },
                   true});
  steps.push_back({"report on sales",
                   [](World& w) {
                     auto& reports = w.shop->reports();
                     (void)reports.dashboard(w.host(), {});
                     (void)reports.sales(w.host(), {});
                     (void)reports.regions(w.host(), {});
                     (void)reports.countries(w.host(), {});
                     (void)reports.categories(w.host(), {});
                     (void)reports.hours(w.host(), {});
                     (void)reports.cohorts(w.host(), {});
                     (void)reports.customers(w.host(), {}, {});
                     (void)reports.csv(w.host(), ReportKind::sales, {});
                   },
                   true});
}

void events(Steps& steps) {
  steps.push_back({"subscribe to events", [](World& w) {
                     (void)w.shop->events().subscribe(
                         w.host(), {.name = "mail", .types = {}, .from_start = true});
                   }});
  steps.push_back({"pull events", [](World& w) {
                     const auto events = w.shop->events().pull(w.host(), "mail", 2, 60);
                     w.name("event", events[0].id);
                     w.name("event2", events[1].id);
                   }});
  steps.push_back({"acknowledge an event", [](World& w) {
                     (void)w.shop->events().acknowledge(w.host(), {"mail", {w.id("event")}});
                   }});
  steps.push_back({"reject an event", [](World& w) {
                     w.shop->events().reject(w.host(), "mail", w.id("event2"), 10);
                   }});
  steps.push_back({"say how long events stay", [](World& w) {
                     (void)w.shop->events().set_retention(w.host(), {1, 30});
                   }});
  steps.push_back({"prune events", [](World& w) { (void)w.shop->events().prune(w.host()); }, true});
  steps.push_back({"read events", [](World& w) {
                     auto& events = w.shop->events();
                     (void)events.list(w.host(), {});
                     (void)events.types(w.host());
                     (void)events.consumers(w.host());
                     (void)events.retention(w.host());
                   }});
  steps.push_back({"subscribe for a moment", [](World& w) {
                     (void)w.shop->events().subscribe(w.host(),
                                                      {.name = "brief", .types = {"order.placed"}});
                   }});
  steps.push_back(
      {"unsubscribe", [](World& w) { w.shop->events().unsubscribe(w.host(), "brief"); }});
}

}  // namespace

void engagement(Steps& steps) {
  steps.push_back({"log in once more", [](World& w) {
                     w.enter("ben again",
                             w.shop->accounts().log_in_as(w.host(), w.id("ben")).session);
                   }});
  wishes(steps);
  reviews(steps);
  points(steps);
  notices(steps);
}

void looking_back(Steps& steps) {
  recommendations(steps);
  reports(steps);
  events(steps);
  steps.push_back({"free what was set aside too long",
                   [](World& w) { (void)w.shop->inventory().release_expired(w.host()); }});
  steps.push_back({"read the audit", [](World& w) {
                     (void)w.shop->audit().entries(w.host(), {}, {});
                     (void)w.shop->audit().verify(w.host(), w.shop->audit().head(w.host()));
                   }});
  steps.push_back({"watch the audit", [](World& w) {
                     w.shop->audit().watch(w.host(), 1, [](const AuditHead&) { return true; });
                   }});
}

}  // namespace shop::test::chapters
