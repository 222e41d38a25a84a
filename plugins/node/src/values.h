// Values of JavaScript to ours and back. What comes in was checked by fields.js: its types and order are known.
#pragma once

#define NAPI_VERSION 8
#include <node_api.h>

#include <string>
#include <vector>

#include "engine.h"

namespace sekisho::node {

std::string Text(napi_env env, napi_value value);  // "" for undefined
std::vector<Item> Items(napi_env env, napi_value rows);
Context ContextFrom(napi_env env, napi_value fields);
Settings SettingsFrom(napi_env env, napi_value fields);

napi_value String(napi_env env, std::string_view text);
napi_value Array(napi_env env, const std::vector<Outcome>& outcomes);  // of strings and [status, name, message]
napi_value Fault(napi_env env, const Failure& failure);                // [status, name, message]
napi_value Describe(napi_env env, const sekisho_taxonomy* taxonomy);

}  // namespace sekisho::node
