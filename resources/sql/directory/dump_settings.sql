-- Settings under which every type's output text can be read back anywhere. For the transaction; run by anyone.
set local datestyle = 'ISO, YMD';
set local intervalstyle = 'postgres';
set local timezone = 'UTC';
set local extra_float_digits = 1;
set local bytea_output = 'hex'
