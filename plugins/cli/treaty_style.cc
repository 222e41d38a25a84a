// The style sheet of the what-if report: light on a screen, and on paper.
#include "plugins/cli/treaty_report.h"

namespace sekisho::cli {

const char kTreatyStyle[] = R"(<style>
:root{color-scheme:light;--x:#b3423a;--u:#c99a2e;--n:#2f6f9f;--t:#5b6470;--line:#d9dde2;--ink:#1d232a}
*{box-sizing:border-box}body{margin:0 auto;max-width:1060px;padding:32px 28px 48px;color:var(--ink);background:#fff;
font:15px/1.5 system-ui,"Hiragino Sans","Noto Sans CJK JP","Yu Gothic",sans-serif}
h1{font-size:26px;line-height:1.25;margin:0 0 6px}h2{font-size:19px;margin:34px 0 10px;padding-top:14px;border-top:2px solid var(--ink)}
h3{font-size:15px;margin:22px 0 6px}p{margin:6px 0}.sub{color:var(--t)}
.warn{border-left:5px solid var(--x);background:#fbf1f0;padding:9px 14px;margin:14px 0}
.tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:12px;margin:18px 0}
.tile{border:1px solid var(--line);border-top:5px solid var(--t);padding:10px 12px}.tile b{display:block;font-size:27px;line-height:1.2}
.tile.x{border-top-color:var(--x)}.tile.u{border-top-color:var(--u)}.tile.n{border-top-color:var(--n)}
.tile span{color:var(--t);font-size:13px}svg{display:block;width:100%;height:auto;margin:6px 0}
svg text{font:13px system-ui,"Hiragino Sans","Noto Sans CJK JP",sans-serif;fill:var(--ink)}
.key{display:flex;gap:18px;flex-wrap:wrap;font-size:13px;color:var(--t)}.key i{display:inline-block;width:13px;height:13px;margin-right:6px;vertical-align:-2px}
table{border-collapse:collapse;width:100%;font-size:13px;margin:8px 0}th,td{text-align:left;vertical-align:top;overflow-wrap:anywhere;padding:4px 8px;border-bottom:1px solid var(--line)}
th{border-bottom:2px solid var(--ink)}td.r,th.r{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}thead{display:table-header-group}tr{break-inside:avoid}td:first-child,th{white-space:nowrap}
.v1{color:var(--x);font-weight:600}.v2{color:#8a6512;font-weight:600}.v3{color:var(--n);font-weight:600}
footer{margin-top:36px;border-top:1px solid var(--line);padding-top:10px;color:var(--t);font-size:13px}
@media print{body{max-width:none;padding:0;font-size:11px}h1{font-size:20px}h2{font-size:15px;margin-top:20px}
table{font-size:9.5px}th,td{padding:2px 5px}.tile b{font-size:20px}svg{max-width:640px}h2{break-after:avoid}svg,.tiles,.warn{break-inside:avoid}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}@page{margin:15mm 13mm}}
@media screen and (max-width:700px){.tiles{grid-template-columns:1fr 1fr}}
</style>)";

}  // namespace sekisho::cli
