// A diff as one page: figures, charts, and tables with filters.
#include <algorithm>
#include <map>

#include "engine/compile/strings.h"
#include "engine/workshop/diff.h"
#include "engine/workshop/html.h"

namespace sekisho::workshop {
namespace {

using compile::Cat;

constexpr char kTables[] = R"(
<h2>Items whose result changes</h2>
<form id="fi"><select name="list"></select><select name="direction"></select><select name="cause"></select>
<input name="text" type="search" placeholder="words of the item, an entry, a rule …"></form>
<p class="sub" id="ni"></p><table><thead><tr><th>Item</th><th>List</th><th>Verdict</th><th>Entries, and the rule that decides</th></tr></thead><tbody id="ti"></tbody></table>
<h2>Changes of the data</h2>
<form id="fd"><select name="kind"></select><select name="sign"></select><input name="text" type="search" placeholder="a name, a word …"></form>
<p class="sub" id="nd"></p><table><thead><tr><th>Kind</th><th>Name</th><th>Before</th><th>After</th></tr></thead><tbody id="td"></tbody></table>
<footer>At most 500 rows of each table are shown: narrow the filters to see others. Sekisho clears nothing: an item that is not flagged was not found.</footer>
)";

constexpr char kScript[] = R"(
const $=(q)=>document.querySelector(q),LIMIT=500;
const el=(n,t,c)=>{const e=document.createElement(n);if(t!==undefined)e.textContent=t;if(c)e.className=c;return e};
const cell=(label,t)=>{const e=el('td',t);e.dataset.label=label;return e};  // on a narrow screen the label stands before it
function fill(select,name,values){select.append(new Option('all '+name,''));[...new Set(values)].sort().forEach(v=>select.append(new Option(v,v)))}
const sign=c=>c.before===''?'added':c.after===''?'removed':'changed';
function wire(form,rows,keep,body,note,draw){
  const show=()=>{const f=Object.fromEntries(new FormData(form)),t=(f.text||'').toLowerCase();
    const hit=rows.filter(r=>keep(r,f)&&(!t||JSON.stringify(r).toLowerCase().includes(t)));
    note.textContent=hit.length+' of '+rows.length;body.replaceChildren(...hit.slice(0,LIMIT).map(draw))};
  form.addEventListener('input',show);form.addEventListener('submit',e=>e.preventDefault());show()}
function item(r){const tr=el('tr'),a=el('td'),e=cell('Entries:');
  a.append(el('b',r.id),el('br'),r.description+(r.part_number?' / '+r.part_number:''));
  for(const x of r.entries){const d=el('div');d.append(el('b',x.entry),' '+x.before+' → '+x.after+' ('+x.cause+')',el('br'),el('code',x.rule),el('br'),el('code',x.words));e.append(d)}
  const v=cell('Verdict:');v.append(r.before+' → '+r.after,el('br'),el('code',r.direction));tr.append(a,cell('List:',r.list),v,e);return tr}
function datum(r){const tr=el('tr');tr.append(el('td',sign(r)+' '+r.kind),el('td',r.name));for(const [n,t] of [['Before:',r.before],['After:',r.after]]){const td=t?cell(n):el('td');td.append(el('code',t));tr.append(td)}return tr}
const fi=$('#fi'),fd=$('#fd');
fill(fi.list,'lists',DATA.changes.map(r=>r.list));fill(fi.direction,'directions',DATA.changes.map(r=>r.direction));
fill(fi.cause,'causes',DATA.changes.flatMap(r=>r.entries.map(e=>e.cause)));
fill(fd.kind,'kinds',DATA.data.map(r=>r.kind));fill(fd.sign,'changes',DATA.data.map(sign));
wire(fi,DATA.changes,(r,f)=>(!f.list||r.list===f.list)&&(!f.direction||r.direction===f.direction)&&(!f.cause||r.entries.some(e=>e.cause===f.cause)),$('#ti'),$('#ni'),item);
wire(fd,DATA.data,(r,f)=>(!f.kind||r.kind===f.kind)&&(!f.sign||sign(r)===f.sign),$('#td'),$('#nd'),datum);
)";

const char* ColorOf(const std::string& name) {
  if (name.find("no longer") != name.npos || name.find("removed") != name.npos) return "a";
  if (name.find("weaker") != name.npos || name.find("changed") != name.npos) return "b";
  return name.find("added") != name.npos || name.find("newly") != name.npos ? "d" : "c";
}

std::string Bars(const std::string& title, const std::map<std::string, size_t>& counts) {
  if (counts.empty()) return "";
  size_t most = 1;
  for (const auto& [name, n] : counts) most = std::max(most, n);
  std::string out = Cat("<h2>", Escaped(title), "</h2><div class=\"bars\">");
  for (const auto& [name, n] : counts) {
    out += Cat("<span>", Escaped(name), "</span><i class=\"", ColorOf(name), "\" style=\"width:", 100 * n / most,
               "%\"></i><b>", n, "</b>");
  }
  return out + "</div>\n";
}

}  // namespace

std::string DiffHtml(const Diff& diff, std::span<const ItemRow> items, const std::vector<std::string>& violations) {
  std::map<std::string, size_t> by_list, by_kind;
  for (const ListChange& c : diff.changes) ++by_list[Cat(c.list, ": ", c.Direction())];
  for (const DataChange& c : diff.data)
    ++by_kind[Cat(c.kind, ": ", c.before.empty() ? "added" : c.after.empty() ? "removed" : "changed")];
  std::string body = Cat("<p class=\"sub\">before: ", Escaped(diff.before.path), " · ", Escaped(diff.before.version),
                         " · ", Escaped(diff.before.digest), "<br>after: ", Escaped(diff.after.path), " · ",
                         Escaped(diff.after.version), " · ", Escaped(diff.after.digest), "</p>\n");
  for (const std::string& v : violations) body += Cat("<p class=\"warn\">", Escaped(v), "</p>\n");
  body += Cat("<div class=\"tiles\">", Tile(Cat(diff.data.size()), "changes of the data"),
              Tile(Cat(diff.items), "items judged by both"), Tile(Cat(diff.changed_items), "items with another result"),
              Tile(Cat(diff.new_flags), "newly flagged in a list"),
              Tile(Cat(diff.lost_flags), "no longer flagged in a list"), Tile(Cat(diff.lost_matches), "lost a match"),
              "</div>\n", Bars("Results by list", by_list), Bars("Data by kind", by_kind), kTables);
  const Json data = Json::parse(DiffJson(diff, items, violations));
  return Page("What the new taxonomy changes", body, &data, kScript);
}

}  // namespace sekisho::workshop
