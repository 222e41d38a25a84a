#include "engine.h"

namespace sekisho::node {

namespace {

Failure FailureOf(int32_t status, const sekisho_error& error) {
  if (status == SEKISHO_OK) return {};
  return {status, error.message[0] != 0 ? error.message : sekisho_status_name(status)};
}

int32_t MakeScanner(sekisho_scanner** out, sekisho_taxonomy* taxonomy, const Settings& settings, sekisho_error& error) {
  sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
  options.max_input_bytes = settings.max_input_bytes;
  options.max_matches = settings.max_matches;
  options.max_steps = settings.max_steps;
  options.max_memory_bytes = settings.max_memory_bytes;
  options.lists = settings.lists.data();
  options.lists_size = settings.lists.size();
  return sekisho_scanner_create(out, taxonomy, &options, &error);
}

Failure CheckLists(sekisho_taxonomy* taxonomy, const Settings& settings) {
  sekisho_scanner* scanner = nullptr;
  sekisho_error error = SEKISHO_ERROR_INIT;
  const int32_t status = MakeScanner(&scanner, taxonomy, settings, error);
  sekisho_scanner_free(scanner);
  return FailureOf(status, error);
}

#define SEKISHO_NODE_PUT(target, field, text) ((target).field = (text).data(), (target).field##_size = (text).size())

sekisho_context ContextOf(const Context& from) {
  sekisho_context context = SEKISHO_CONTEXT_INIT;
  SEKISHO_NODE_PUT(context, as_of, from.as_of);
  SEKISHO_NODE_PUT(context, origin, from.origin);
  SEKISHO_NODE_PUT(context, destination, from.destination);
  SEKISHO_NODE_PUT(context, treaties, from.treaties);
  SEKISHO_NODE_PUT(context, via, from.via);
  context.classified = from.classified;
  context.sale = from.sale;
  return context;
}

Outcome ClassifyOne(sekisho_scanner* scanner, const Item& from, const sekisho_context& context) {
  std::vector<sekisho_attribute> attributes;
  for (const auto& [name, quantity] : from.attributes) {
    sekisho_attribute attribute = SEKISHO_ATTRIBUTE_INIT;
    SEKISHO_NODE_PUT(attribute, name, name);
    SEKISHO_NODE_PUT(attribute, quantity, quantity);
    attributes.push_back(attribute);
  }
  sekisho_item item = SEKISHO_ITEM_INIT;
  item.kind = from.kind;
  SEKISHO_NODE_PUT(item, id, from.id);
  SEKISHO_NODE_PUT(item, description, from.description);
  SEKISHO_NODE_PUT(item, part_number, from.part_number);
  SEKISHO_NODE_PUT(item, nsn, from.nsn);
  SEKISHO_NODE_PUT(item, manufacturer, from.manufacturer);
  item.attributes = attributes.data();
  item.attribute_count = attributes.size();

  sekisho_error error = SEKISHO_ERROR_INIT;
  const sekisho_result* result = nullptr;
  const char* json = nullptr;
  size_t size = 0;
  int32_t status = sekisho_scanner_classify(&result, scanner, &item, &context, &error);
  if (status == SEKISHO_OK) status = sekisho_result_json(&json, &size, result);
  return {status == SEKISHO_OK ? std::string(json, size) : std::string(), FailureOf(status, error)};
}

#undef SEKISHO_NODE_PUT

}  // namespace

std::shared_ptr<Engine> Engine::Open(Settings settings, Failure& failure) {
  const std::shared_ptr<Engine> engine(new Engine(std::move(settings)));
  const std::string& pack = engine->settings_.pack;
  sekisho_error error = SEKISHO_ERROR_INIT;
  sekisho_taxonomy* loaded = nullptr;
  int32_t status = pack.empty() ? sekisho_taxonomy_load_builtin(&loaded, &error)
                                : sekisho_taxonomy_load_file(&loaded, pack.data(), pack.size(), &error);
  const Taxonomy taxonomy(loaded);
  failure = FailureOf(status, error);
  if (status == SEKISHO_OK) failure = CheckLists(loaded, engine->settings_);
  if (failure.status != SEKISHO_OK) return nullptr;
  status = sekisho_slot_create(&engine->slot_, loaded, &error);
  failure = FailureOf(status, error);
  return status == SEKISHO_OK ? engine : nullptr;
}

Engine::~Engine() {
  for (const Lent& lent : idle_) sekisho_scanner_free(lent.scanner);
  sekisho_slot_free(slot_);
}

// The new taxonomy has to have the lists by which this engine judges, or it would fail with the next item.
Failure Engine::Load(const std::string& path) {
  sekisho_error error = SEKISHO_ERROR_INIT;
  sekisho_taxonomy* loaded = nullptr;
  int32_t status = sekisho_taxonomy_load_file(&loaded, path.data(), path.size(), &error);
  const Taxonomy taxonomy(loaded);
  Failure failure = FailureOf(status, error);
  if (failure.status == SEKISHO_OK) failure = CheckLists(loaded, settings_);
  if (failure.status == SEKISHO_OK) failure = FailureOf(sekisho_slot_set(slot_, loaded), error);
  return failure;
}

Taxonomy Engine::Current() const {
  sekisho_taxonomy* taxonomy = nullptr;
  sekisho_slot_acquire(&taxonomy, slot_);
  return Taxonomy(taxonomy);
}

Engine::Lent Engine::Borrow(Failure& failure) {
  const uint64_t version = sekisho_slot_version(slot_);
  std::vector<sekisho_scanner*> outdated;
  Lent lent{nullptr, version};
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    while (!idle_.empty() && lent.scanner == nullptr) {
      if (idle_.back().version == version) {
        lent = idle_.back();
      } else {
        outdated.push_back(idle_.back().scanner);
      }
      idle_.pop_back();
    }
  }
  for (sekisho_scanner* scanner : outdated) sekisho_scanner_free(scanner);
  if (lent.scanner != nullptr) return lent;
  sekisho_error error = SEKISHO_ERROR_INIT;
  // Asked for after the version: should a load come between, the scanner only counts as older than it is.
  const Taxonomy taxonomy = Current();
  failure = FailureOf(MakeScanner(&lent.scanner, taxonomy.get(), settings_, error), error);
  return lent;
}

void Engine::Return(Lent lent) {
  const std::lock_guard<std::mutex> lock(mutex_);
  idle_.push_back(lent);
}

std::vector<Outcome> Engine::Classify(const std::vector<Item>& items, const Context& context) {
  std::vector<Outcome> outcomes;
  Failure failure;
  const Lent lent = Borrow(failure);
  if (lent.scanner == nullptr) {
    outcomes.assign(items.size(), Outcome{"", failure});
    return outcomes;
  }
  const sekisho_context given = ContextOf(context);
  outcomes.reserve(items.size());
  for (const Item& item : items) outcomes.push_back(ClassifyOne(lent.scanner, item, given));
  Return(lent);
  return outcomes;
}

}  // namespace sekisho::node
