using System.Collections.Frozen;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Diaspora.Tests.Storage.Server;

/// <summary>Reads what is sent to SQL Server as the server would.</summary>
internal static class ServerGrammar
{
    /// <summary>Functions that only SQLite knows: the grammar takes any name for one of the server's owner.</summary>
    private static readonly FrozenSet<string> OnlySqlite = FrozenSet.ToFrozenSet(
        [
            "json_each", "json_group_array", "instr", "substr", "ifnull", "strftime", "julianday", "datetime", "printf", "group_concat", "total", "typeof", "hex", "zeroblob", "randomblob",
            "last_insert_rowid", "changes", "length", "glob", "unixepoch", "ef_compare", "ef_sum", "ef_add", "ef_multiply", "ef_divide", "ef_mod", "ef_negate", "ef_avg", "regexp",
        ], StringComparer.OrdinalIgnoreCase);

    public static TSqlFragment Parse(string sql)
    {
        var tree = new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        Assert.True(errors.Count == 0, string.Join('\n', errors.Select(error => $"{error.Line}: {error.Message}")) + "\n" + sql);
        return tree;
    }

    /// <summary>What is wrong with a command besides its grammar.</summary>
    public static IReadOnlyList<string> FaultsOf(string sql)
    {
        var found = new Faults();
        Parse(sql).Accept(found);
        return found.Found;
    }

    private sealed class Faults : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        public override void Visit(FunctionCall node)
        {
            if (node.CallTarget is null && OnlySqlite.Contains(node.FunctionName.Value))
            {
                Found.Add($"{node.FunctionName.Value}() is a function of SQLite");
            }
        }

        public override void Visit(NamedTableReference node)
        {
            if (node.SchemaObject.BaseIdentifier.Value is { } name && (name.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("pragma_", StringComparison.OrdinalIgnoreCase)))
            {
                Found.Add($"{name} is a table of SQLite");
            }
        }

        /// <summary>EF writes (SELECT 1) where nothing says in which order; the server takes it, and any order.</summary>
        public override void Visit(QuerySpecification node)
        {
            if ((node.OffsetClause is not null && node.OrderByClause is null) || node.OrderByClause?.OrderByElements.Any(element => element.Expression is ScalarSubquery { QueryExpression: QuerySpecification { FromClause: null } }) == true)
            {
                Found.Add("a page of rows in no order");
            }
        }
    }
}
