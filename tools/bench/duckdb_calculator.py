"""The calculator in DuckDB, on one thread: the same lines in, the same lines out. Arguments: input, output."""
import sys
import time

import duckdb

connection = duckdb.connect()
connection.execute("SET threads=1")
query = """
COPY (
  SELECT '{"id":"' || id || '","value1":' || value1 || ',"value2":' || value2 || ',"op":"' || op || '","result":'
      || (CASE op WHEN '+' THEN value1 + value2 WHEN '-' THEN value1 - value2
                  WHEN '*' THEN value1 * value2 ELSE value1 / value2 END) || '}'
  FROM read_json(?, format='newline_delimited',
      columns={id: 'VARCHAR', value1: 'DOUBLE', value2: 'DOUBLE', op: 'VARCHAR'})
) TO '%s' (FORMAT csv, HEADER false, QUOTE '', DELIMITER '\x01')
""" % sys.argv[2].replace("'", "''")
begun = time.perf_counter()
connection.execute(query, [sys.argv[1]])
print("%.3f" % (time.perf_counter() - begun))
