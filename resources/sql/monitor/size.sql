-- How large is the database? Anyone who may connect. Reads the directory entry of every file: on a slow clock.
SELECT pg_database_size(current_database()) AS size_bytes
