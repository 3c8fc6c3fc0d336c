// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/sqlstates.h"

#include <QHash>

namespace shardhelm {

QString sqlStateName(const QString &sqlState)
{
    // Appendix A of PostgreSQL's manual: the conditions that servers of applications report most, and all classes.
    static const QHash<QString, QString> names{
        {QStringLiteral("22001"), QStringLiteral("string_data_right_truncation")},
        {QStringLiteral("22003"), QStringLiteral("numeric_value_out_of_range")},
        {QStringLiteral("22007"), QStringLiteral("invalid_datetime_format")},
        {QStringLiteral("22012"), QStringLiteral("division_by_zero")},
        {QStringLiteral("22021"), QStringLiteral("character_not_in_repertoire")},
        {QStringLiteral("22P02"), QStringLiteral("invalid_text_representation")},
        {QStringLiteral("23502"), QStringLiteral("not_null_violation")},
        {QStringLiteral("23503"), QStringLiteral("foreign_key_violation")},
        {QStringLiteral("23505"), QStringLiteral("unique_violation")},
        {QStringLiteral("23514"), QStringLiteral("check_violation")},
        {QStringLiteral("23P01"), QStringLiteral("exclusion_violation")},
        {QStringLiteral("25006"), QStringLiteral("read_only_sql_transaction")},
        {QStringLiteral("25P02"), QStringLiteral("in_failed_sql_transaction")},
        {QStringLiteral("25P03"), QStringLiteral("idle_in_transaction_session_timeout")},
        {QStringLiteral("28000"), QStringLiteral("invalid_authorization_specification")},
        {QStringLiteral("28P01"), QStringLiteral("invalid_password")},
        {QStringLiteral("3D000"), QStringLiteral("invalid_catalog_name")},
        {QStringLiteral("3F000"), QStringLiteral("invalid_schema_name")},
        {QStringLiteral("40001"), QStringLiteral("serialization_failure")},
        {QStringLiteral("40P01"), QStringLiteral("deadlock_detected")},
        {QStringLiteral("42501"), QStringLiteral("insufficient_privilege")},
        {QStringLiteral("42601"), QStringLiteral("syntax_error")},
        {QStringLiteral("42703"), QStringLiteral("undefined_column")},
        {QStringLiteral("42704"), QStringLiteral("undefined_object")},
        {QStringLiteral("42710"), QStringLiteral("duplicate_object")},
        {QStringLiteral("42883"), QStringLiteral("undefined_function")},
        {QStringLiteral("42P01"), QStringLiteral("undefined_table")},
        {QStringLiteral("42P07"), QStringLiteral("duplicate_table")},
        {QStringLiteral("53100"), QStringLiteral("disk_full")},
        {QStringLiteral("53200"), QStringLiteral("out_of_memory")},
        {QStringLiteral("53300"), QStringLiteral("too_many_connections")},
        {QStringLiteral("54000"), QStringLiteral("program_limit_exceeded")},
        {QStringLiteral("55000"), QStringLiteral("object_not_in_prerequisite_state")},
        {QStringLiteral("55P03"), QStringLiteral("lock_not_available")},
        {QStringLiteral("57014"), QStringLiteral("query_canceled")},
        {QStringLiteral("57P01"), QStringLiteral("admin_shutdown")},
        {QStringLiteral("57P02"), QStringLiteral("crash_shutdown")},
        {QStringLiteral("57P03"), QStringLiteral("cannot_connect_now")},
        {QStringLiteral("58030"), QStringLiteral("io_error")},
        {QStringLiteral("58P01"), QStringLiteral("undefined_file")},
        {QStringLiteral("P0001"), QStringLiteral("raise_exception")},
        {QStringLiteral("XX000"), QStringLiteral("internal_error")},
        {QStringLiteral("XX001"), QStringLiteral("data_corrupted")},
        {QStringLiteral("XX002"), QStringLiteral("index_corrupted")},
        {QStringLiteral("08"), QStringLiteral("connection_exception")},
        {QStringLiteral("0A"), QStringLiteral("feature_not_supported")},
        {QStringLiteral("21"), QStringLiteral("cardinality_violation")},
        {QStringLiteral("22"), QStringLiteral("data_exception")},
        {QStringLiteral("23"), QStringLiteral("integrity_constraint_violation")},
        {QStringLiteral("24"), QStringLiteral("invalid_cursor_state")},
        {QStringLiteral("25"), QStringLiteral("invalid_transaction_state")},
        {QStringLiteral("26"), QStringLiteral("invalid_sql_statement_name")},
        {QStringLiteral("28"), QStringLiteral("invalid_authorization_specification")},
        {QStringLiteral("34"), QStringLiteral("invalid_cursor_name")},
        {QStringLiteral("3D"), QStringLiteral("invalid_catalog_name")},
        {QStringLiteral("40"), QStringLiteral("transaction_rollback")},
        {QStringLiteral("42"), QStringLiteral("syntax_error_or_access_rule_violation")},
        {QStringLiteral("44"), QStringLiteral("with_check_option_violation")},
        {QStringLiteral("53"), QStringLiteral("insufficient_resources")},
        {QStringLiteral("54"), QStringLiteral("program_limit_exceeded")},
        {QStringLiteral("55"), QStringLiteral("object_not_in_prerequisite_state")},
        {QStringLiteral("57"), QStringLiteral("operator_intervention")},
        {QStringLiteral("58"), QStringLiteral("system_error")},
        {QStringLiteral("72"), QStringLiteral("snapshot_failure")},
        {QStringLiteral("F0"), QStringLiteral("config_file_error")},
        {QStringLiteral("HV"), QStringLiteral("fdw_error")},
        {QStringLiteral("P0"), QStringLiteral("plpgsql_error")},
        {QStringLiteral("XX"), QStringLiteral("internal_error")},
    };
    const auto exact = names.constFind(sqlState);
    return exact != names.cend() ? *exact : names.value(sqlState.left(2));
}

} // namespace shardhelm
