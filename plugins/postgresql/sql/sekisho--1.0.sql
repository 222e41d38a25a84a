-- Classification as functions: an item's texts in, verdicts out. All read the settings sekisho.*, hence STABLE.
\echo Use "CREATE EXTENSION sekisho" to load this file. \quit

-- The result as the library writes it, byte for byte that of every other host.
CREATE FUNCTION sekisho_json(description text, part_number text = NULL, nsn text = NULL, manufacturer text = NULL,
    kind text = NULL, attributes jsonb = NULL, origin text = NULL, destination text = NULL, via text = NULL,
    sale text = NULL, classified boolean = NULL, treaties text = NULL, as_of date = NULL)
RETURNS json LANGUAGE C STABLE PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME', 'sekisho_pg_json';

CREATE FUNCTION sekisho_classify(description text, part_number text = NULL, nsn text = NULL, manufacturer text = NULL,
    kind text = NULL, attributes jsonb = NULL, origin text = NULL, destination text = NULL, via text = NULL,
    sale text = NULL, classified boolean = NULL, treaties text = NULL, as_of date = NULL)
RETURNS jsonb LANGUAGE C STABLE PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME', 'sekisho_pg_classify';

-- The verdict of one list, or of the strictest where list is NULL.
CREATE FUNCTION sekisho_verdict(list text, description text, part_number text = NULL, nsn text = NULL,
    manufacturer text = NULL, kind text = NULL, attributes jsonb = NULL, origin text = NULL, destination text = NULL,
    via text = NULL, sale text = NULL, classified boolean = NULL, treaties text = NULL, as_of date = NULL)
RETURNS text LANGUAGE C STABLE PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME', 'sekisho_pg_verdict';

-- A row for each candidate entry, the strictest of a list first; no row: nothing was found. A list by which the item
-- could not be judged has one row with verdict unknown, entry NULL, and the reason under missing.
CREATE FUNCTION sekisho_candidates(description text, part_number text = NULL, nsn text = NULL,
    manufacturer text = NULL, kind text = NULL, attributes jsonb = NULL, origin text = NULL, destination text = NULL,
    via text = NULL, sale text = NULL, classified boolean = NULL, treaties text = NULL, as_of date = NULL,
    OUT list text, OUT verdict text, OUT entry text, OUT score real, OUT title_en text, OUT title_ja text, OUT cite text,
    OUT clause text, OUT note text, OUT rule text, OUT flags text[], OUT missing text[], OUT evidence text[])
RETURNS SETOF record LANGUAGE C STABLE PARALLEL SAFE COST 200 ROWS 3 AS 'MODULE_PATHNAME', 'sekisho_pg_candidates';

-- Engine, ABI, Unicode and taxonomy that judge in this session.
CREATE FUNCTION sekisho_version()
RETURNS jsonb LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'sekisho_pg_version';
