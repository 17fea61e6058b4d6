using System.Collections;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Diaspora.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Diaspora.Tests.Storage.Server;

/// <summary>One row, or none, of what a query asks for: each value is one that the model can read, found by the name of its column.</summary>
internal sealed class SampleReader : DbDataReader
{
    private static readonly Dictionary<string, string> Texts = Named();
    private readonly IReadOnlyList<IReadOnlyList<string>> _names;
    private readonly bool _hasRow;
    private readonly int _number;
    private bool _isRead;

    /// <summary>What counts or asks whether there is anything has a row in any case.</summary>
    public SampleReader(string sql, bool hasRow)
    {
        var found = new LastQuery();
        ServerGrammar.Parse(sql).Accept(found);
        (_names, _hasRow, _number) = (found.Columns, hasRow || found.HasOneRow, hasRow ? 1 : 0);
    }

    public override int Depth => 0;

    public override int FieldCount => Math.Max(_names.Count, 1);

    public override bool HasRows => _hasRow;

    public override bool IsClosed => false;

    public override int RecordsAffected => 1;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => throw new NotSupportedException(name);

    public override bool Read() => _hasRow && !_isRead && (_isRead = true);

    public override bool NextResult()
    {
        _isRead = false;
        return false;
    }

    public override bool IsDBNull(int ordinal) => false;

    public override bool GetBoolean(int ordinal) => _number == 1;

    public override byte GetByte(int ordinal) => (byte)_number;

    public override short GetInt16(int ordinal) => (short)_number;

    public override int GetInt32(int ordinal) => _number;

    public override long GetInt64(int ordinal) => _number;

    public override decimal GetDecimal(int ordinal) => _number;

    public override double GetDouble(int ordinal) => _number;

    public override float GetFloat(int ordinal) => _number;

    public override char GetChar(int ordinal) => 'x';

    public override Guid GetGuid(int ordinal) => Samples.Id;

    public override DateTime GetDateTime(int ordinal) => Samples.Now;

    public override string GetString(int ordinal) => ordinal < _names.Count && _names[ordinal].Select(name => Texts.GetValueOrDefault(name.TrimEnd('0', '1', '2', '3'))).FirstOrDefault(text => text is not null) is { } found ? found : "x";

    [SuppressMessage("Usage", "CA2201", Justification = "A type that no column has.")]
    public override T GetFieldValue<T>(int ordinal) => (T)(object)(typeof(T) == typeof(DateOnly) ? DateOnly.FromDateTime(Samples.Now)
        : typeof(T) == typeof(DateTimeOffset) ? new DateTimeOffset(Samples.Now)
        : typeof(T) == typeof(byte[]) ? (object)Array.Empty<byte>()
        : typeof(T) == typeof(string) ? GetString(ordinal)
        : typeof(T) == typeof(Guid) ? Samples.Id
        : typeof(T) == typeof(DateTime) ? Samples.Now
        : Convert.ChangeType(1, typeof(T), null));

    public override object GetValue(int ordinal) => GetString(ordinal);

    public override int GetValues(object[] values) => throw new NotSupportedException();

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => 0;

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => 0;

    public override string GetDataTypeName(int ordinal) => "sql_variant";

    public override IEnumerator GetEnumerator() => throw new NotSupportedException();

    public override Type GetFieldType(int ordinal) => typeof(object);

    public override string GetName(int ordinal) => _names[ordinal] is [var own, ..] ? own : "";

    public override int GetOrdinal(string name) => throw new NotSupportedException(name);

    /// <summary>How the model writes values of its own types.</summary>
    private static Dictionary<string, string> Named()
    {
        using var context = new SqlServerDesignTimeFactory().CreateDbContext([]);
        Dictionary<string, string> texts = new() { ["UserName"] = "+77010000001", ["NormalizedUserName"] = "+77010000001" };
        foreach (var property in context.Model.GetEntityTypes().SelectMany(type => type.GetFlattenedProperties()))
        {
            if (property.GetTypeMapping().Converter is { } converter && converter.ProviderClrType == typeof(string) && Samples.Of(property.ClrType, property.Name).Find(sample => sample is not null) is { } value)
            {
                texts.TryAdd(property.GetColumnName(), (string)converter.ConvertToProvider(value)!);
            }
            else if (property.Name.EndsWith("Json", StringComparison.Ordinal))
            {
                texts.TryAdd(property.GetColumnName(), "{}");
            }
        }

        return texts;
    }

    private sealed class LastQuery : TSqlFragmentVisitor
    {
        /// <summary>By which names a column may be known: its own, and those that it is made of.</summary>
        public IReadOnlyList<IReadOnlyList<string>> Columns { get; private set; } = [];

        public bool HasOneRow { get; private set; }

        public override void Visit(SelectStatement node)
        {
            var query = node.QueryExpression;
            while (query is BinaryQueryExpression several)
            {
                query = several.FirstQueryExpression;
            }

            if (query is QuerySpecification one)
            {
                Columns = [.. one.SelectElements.Select(NamesOf)];
                HasOneRow = one.FromClause is null || (one.GroupByClause is null && one.SelectElements.All(element => element is SelectScalarExpression { Expression: FunctionCall { FunctionName.Value: "COUNT" or "COUNT_BIG" } }));
            }
        }

        private static IReadOnlyList<string> NamesOf(SelectElement element)
        {
            var columns = new ColumnNames();
            element.Accept(columns);
            return element is SelectScalarExpression { ColumnName.Value: { } own } ? [own, .. columns.Found] : columns.Found;
        }
    }

    private sealed class ColumnNames : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        public override void Visit(ColumnReferenceExpression node)
        {
            if (node.MultiPartIdentifier is { } name)
            {
                Found.Add(name.Identifiers[^1].Value);
            }
        }
    }
}
