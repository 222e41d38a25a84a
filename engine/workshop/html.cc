#include "engine/workshop/html.h"

#include "engine/compile/strings.h"

namespace sekisho::workshop {
namespace {

constexpr char kStyle[] = R"(<style>
:root{color-scheme:light dark;--paper:#fff;--ink:#1d232a;--soft:#5b6470;--line:#d9dde2;--bad:#fbf1f0;--fine:#f0f7f2;
--a:#b3423a;--b:#c99a2e;--c:#2f6f9f;--d:#3f8f5f;--e:#c9d3dc;--f:#8fa6ba;--g:#eceff2;--h:#1d232a}
@media (prefers-color-scheme:dark){:root{--paper:#14181d;--ink:#e4e8ec;--soft:#98a2ad;--line:#333b44;--bad:#35201f;--fine:#1b2c22;
--a:#d8685f;--b:#d3a844;--c:#5b9bcb;--d:#58ad7b;--e:#4a5561;--f:#6b8297;--g:#272e36;--h:#e4e8ec}}
*{box-sizing:border-box}body{margin:0 auto;max-width:1160px;padding:30px 26px 48px;color:var(--ink);background:var(--paper);
font:15px/1.5 system-ui,"Hiragino Sans","Noto Sans CJK JP","Yu Gothic",sans-serif}
h1{font-size:25px;line-height:1.25;margin:0 0 6px}h2{font-size:18px;margin:30px 0 8px;padding-top:12px;border-top:2px solid var(--ink)}
.sub{color:var(--soft);font-size:13px;overflow-wrap:anywhere}.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:16px 0}
.tile{border:1px solid var(--line);border-top:4px solid var(--soft);padding:8px 12px}.tile b{display:block;font-size:25px;line-height:1.25}
.tile span{color:var(--soft);font-size:13px}.warn{border-left:5px solid var(--a);background:var(--bad);padding:8px 14px;margin:12px 0}
.good{border-left:5px solid var(--d);background:var(--fine);padding:8px 14px;margin:12px 0}
.bars{display:grid;grid-template-columns:max-content 1fr max-content;gap:4px 10px;align-items:center;font-size:13px}
.bars i{display:block;height:15px;background:var(--c);min-width:2px}.bars i.a{background:var(--a)}.bars i.b{background:var(--b)}.bars i.d{background:var(--d)}
.bars b{font-weight:400;font-variant-numeric:tabular-nums;color:var(--soft)}
form{display:flex;gap:10px;flex-wrap:wrap;margin:10px 0}select,input{font:inherit;color:inherit;background:var(--paper);font-size:14px;padding:4px 8px;border:1px solid var(--line)}input{flex:1;min-width:180px}
table{border-collapse:collapse;width:100%;font-size:13px}th,td{text-align:left;vertical-align:top;padding:5px 8px;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
th{border-bottom:2px solid var(--ink)}td[data-label="List:"]{white-space:nowrap}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}code{font:12px/1.45 ui-monospace,monospace;color:var(--soft)}
.map{display:flex;flex-wrap:wrap;gap:2px;margin:4px 0 12px}.map a{width:13px;height:13px;display:block}.key{display:flex;gap:16px;flex-wrap:wrap;font-size:13px;margin:8px 0}
.key i{display:inline-block;width:13px;height:13px;margin-right:6px;vertical-align:-2px}h3{font-size:14px;margin:14px 0 2px}
@media (max-width:640px){body{padding:20px 14px 36px}.map a{width:16px;height:16px}form>*{flex:1 1 100%}
thead{display:none}tr{display:block;border-bottom:1px solid var(--line);padding:6px 0}td,td.n{display:block;border:0;padding:2px 0;text-align:left}
td[data-label]:not(:empty)::before{content:attr(data-label) " ";color:var(--soft)}}
footer{margin-top:34px;border-top:1px solid var(--line);padding-top:8px;color:var(--soft);font-size:13px}
</style>)";

// Inside a script element only "<" could end it, or open a comment.
std::string ForScript(const Json& data) {
  std::string out;
  for (const char c : data.dump(-1, ' ', false, Json::error_handler_t::replace)) {
    if (c == '<')
      out += "\\u003c";
    else
      out += c;
  }
  return out;
}

}  // namespace

std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (static_cast<unsigned char>(c) < 0x20)
      out += ' ';
    else
      out += c;
  }
  return out;
}

std::string Page(std::string_view title, std::string_view body, const Json* data, std::string_view script) {
  std::string out = compile::Cat(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\"><title>",
      Escaped(title), "</title>", kStyle, "</head><body>\n<h1>", Escaped(title), "</h1>\n", body);
  if (data != nullptr) out += compile::Cat("<script>const DATA=", ForScript(*data), ";\n", script, "</script>\n");
  return out + "</body></html>\n";
}

std::string Tile(std::string_view value, std::string_view label) {
  return compile::Cat("<div class=\"tile\"><b>", Escaped(value), "</b><span>", Escaped(label), "</span></div>");
}

}  // namespace sekisho::workshop
