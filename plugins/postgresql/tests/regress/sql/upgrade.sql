-- From 1.0 to 1.1 in place: what was there stays, what came is the same as in a fresh installation.
CREATE TEMP TABLE fresh AS SELECT pg_describe_object(classid, objid, 0) AS object FROM pg_depend
  WHERE refobjid = (SELECT oid FROM pg_extension WHERE extname = 'sekisho') AND deptype = 'e';
DROP EXTENSION sekisho;
CREATE EXTENSION sekisho VERSION '1.0';
CREATE VIEW uses_it AS SELECT sekisho_verdict('us-usml', 'glue gun');
ALTER EXTENSION sekisho UPDATE;
SELECT extversion FROM pg_extension WHERE extname = 'sekisho';
(TABLE fresh EXCEPT SELECT pg_describe_object(classid, objid, 0) FROM pg_depend
  WHERE refobjid = (SELECT oid FROM pg_extension WHERE extname = 'sekisho') AND deptype = 'e')
UNION ALL
(SELECT pg_describe_object(classid, objid, 0) FROM pg_depend
  WHERE refobjid = (SELECT oid FROM pg_extension WHERE extname = 'sekisho') AND deptype = 'e' EXCEPT TABLE fresh);
SELECT count(*) > 10 AS many FROM fresh;
DROP VIEW uses_it;
-- In a schema of its own, that nobody has in the search path.
DROP EXTENSION sekisho;
CREATE SCHEMA judge;
CREATE EXTENSION sekisho SCHEMA judge;
CREATE TABLE parts (id int PRIMARY KEY, description text);
CREATE TRIGGER sekisho AFTER INSERT OR UPDATE OR DELETE ON parts
  FOR EACH ROW EXECUTE FUNCTION judge.sekisho_track('id', 'description');
INSERT INTO parts VALUES (1, 'glue gun');
SELECT * FROM judge.sekisho_reclassify();
SELECT source, part FROM judge.sekisho_classification;
DROP EXTENSION sekisho CASCADE;
