// The addon: a class whose methods run in libuv's thread pool and settle a promise. index.js is its only caller.
#include <functional>

#include "values.h"

namespace sekisho::node {

namespace {

using Shared = std::shared_ptr<Engine>;

// One task of the pool. It holds the engine itself, so that it outlives a classifier that is collected meanwhile.
struct Task {
  Shared engine;
  std::function<void(Task&)> run;
  std::vector<Item> items;
  Context context;
  std::string path;
  std::vector<Outcome> outcomes;
  Failure failure;
  napi_deferred deferred = nullptr;
  napi_async_work work = nullptr;
};

// Out of memory is the only exception that can come here.
void Execute(napi_env, void* data) {
  Task& task = *static_cast<Task*>(data);
  try {
    task.run(task);
  } catch (const std::exception& e) {
    task.failure = {SEKISHO_E_NOMEM, e.what()};
  }
}

void Complete(napi_env env, napi_status status, void* data) {
  const std::unique_ptr<Task> task(static_cast<Task*>(data));
  if (status != napi_ok && task->failure.status == SEKISHO_OK) task->failure = {SEKISHO_E_INTERNAL, "cancelled"};
  if (task->failure.status != SEKISHO_OK) {
    napi_reject_deferred(env, task->deferred, Fault(env, task->failure));
  } else {
    napi_resolve_deferred(env, task->deferred, Array(env, task->outcomes));
  }
  napi_delete_async_work(env, task->work);
}

napi_value Start(napi_env env, std::unique_ptr<Task> task) {
  napi_value promise = nullptr;
  if (napi_create_promise(env, &task->deferred, &promise) != napi_ok) {
    napi_throw_error(env, "SEKISHO_E_INTERNAL", "Node.js makes no promise");  // or another one is pending, and stays
    return nullptr;
  }
  const napi_status created =
      napi_create_async_work(env, nullptr, String(env, "sekisho"), Execute, Complete, task.get(), &task->work);
  if (created == napi_ok && napi_queue_async_work(env, task->work) == napi_ok) {
    (void)task.release();  // Complete has it
  } else {
    if (created == napi_ok) napi_delete_async_work(env, task->work);
    napi_reject_deferred(env, task->deferred, Fault(env, {SEKISHO_E_INTERNAL, "the thread pool takes no work"}));
  }
  return promise;
}

struct Call {
  napi_value arguments[2] = {nullptr, nullptr};
  Shared engine;
};

Call Unpack(napi_env env, napi_callback_info info) {
  Call call;
  size_t count = 2;
  napi_value self = nullptr;
  void* data = nullptr;
  napi_get_cb_info(env, info, &count, call.arguments, &self, nullptr);
  if (napi_unwrap(env, self, &data) == napi_ok) call.engine = *static_cast<Shared*>(data);
  return call;
}

napi_value Construct(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value argument = nullptr, self = nullptr;
  napi_get_cb_info(env, info, &count, &argument, &self, nullptr);
  Failure failure;
  const Shared engine = Engine::Open(SettingsFrom(env, argument), failure);
  if (engine == nullptr) {
    napi_throw(env, Fault(env, failure));
    return nullptr;
  }
  const auto finalize = [](napi_env, void* data, void*) { delete static_cast<Shared*>(data); };
  napi_wrap(env, self, new Shared(engine), finalize, nullptr, nullptr);
  return self;
}

napi_value Run(napi_env env, napi_callback_info info) {
  Call call = Unpack(env, info);
  auto task = std::make_unique<Task>();
  task->engine = std::move(call.engine);
  task->items = Items(env, call.arguments[0]);
  task->context = ContextFrom(env, call.arguments[1]);
  task->run = [](Task& t) { t.outcomes = t.engine->Classify(t.items, t.context); };
  return Start(env, std::move(task));
}

napi_value RunSync(napi_env env, napi_callback_info info) {
  const Call call = Unpack(env, info);
  return Array(env, call.engine->Classify(Items(env, call.arguments[0]), ContextFrom(env, call.arguments[1])));
}

napi_value Load(napi_env env, napi_callback_info info) {
  Call call = Unpack(env, info);
  auto task = std::make_unique<Task>();
  task->engine = std::move(call.engine);
  task->path = Text(env, call.arguments[0]);
  task->run = [](Task& t) { t.failure = t.engine->Load(t.path); };
  return Start(env, std::move(task));
}

napi_value DescribeCurrent(napi_env env, napi_callback_info info) {
  return Describe(env, Unpack(env, info).engine->Current().get());
}

napi_value Init(napi_env env, napi_value exports) {
  const napi_property_descriptor methods[] = {
      {"run", nullptr, Run, nullptr, nullptr, nullptr, napi_default_method, nullptr},
      {"runSync", nullptr, RunSync, nullptr, nullptr, nullptr, napi_default_method, nullptr},
      {"load", nullptr, Load, nullptr, nullptr, nullptr, napi_default_method, nullptr},
      {"describe", nullptr, DescribeCurrent, nullptr, nullptr, nullptr, napi_default_method, nullptr},
  };
  napi_value type = nullptr, abi = nullptr;
  napi_define_class(env, "Native", NAPI_AUTO_LENGTH, Construct, nullptr, std::size(methods), methods, &type);
  napi_create_uint32(env, sekisho_abi_version(), &abi);
  napi_set_named_property(env, exports, "Native", type);
  napi_set_named_property(env, exports, "version", String(env, sekisho_version()));
  napi_set_named_property(env, exports, "unicode", String(env, sekisho_unicode_version()));
  napi_set_named_property(env, exports, "abi", abi);
  return exports;
}

}  // namespace

}  // namespace sekisho::node

NAPI_MODULE(NODE_GYP_MODULE_NAME, sekisho::node::Init)
