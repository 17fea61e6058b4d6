using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Diaspora.Data.Moving;

/// <summary>A table of the model, the same in either database, whose rows are read as values that no database has made its own.</summary>
internal sealed class CopiedTable
{
    private static readonly Dictionary<Type, Func<DbDataReader, int, object>> Readers = new()
    {
        [typeof(Guid)] = (reader, column) => reader.GetGuid(column),
        [typeof(string)] = (reader, column) => reader.GetString(column),
        [typeof(int)] = (reader, column) => reader.GetInt32(column),
        [typeof(long)] = (reader, column) => reader.GetInt64(column),
        [typeof(bool)] = (reader, column) => reader.GetBoolean(column),
        [typeof(DateTime)] = (reader, column) => DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Unspecified),
        [typeof(DateTimeOffset)] = (reader, column) => reader.GetFieldValue<DateTimeOffset>(column),
        [typeof(DateOnly)] = (reader, column) => reader.GetFieldValue<DateOnly>(column),
        [typeof(TimeOnly)] = (reader, column) => reader.GetFieldValue<TimeOnly>(column),
        [typeof(byte[])] = (reader, column) => reader.GetFieldValue<byte[]>(column),
    };

    private readonly ITable _table;

    private CopiedTable(ITable table)
    {
        _table = table;
        Columns = [.. table.Columns.Select(column => (column.Name, Type: TypeOf(column.StoreTypeMapping)))];
    }

    public string Name => _table.Name;

    public IReadOnlyList<(string Name, Type Type)> Columns { get; }

    /// <summary>All tables, each behind those that it refers to.</summary>
    public static IReadOnlyList<CopiedTable> All(DiasporaDbContext context)
    {
        List<ITable> left = [.. context.Model.GetRelationalModel().Tables.OrderBy(table => table.Name, StringComparer.Ordinal)];
        List<CopiedTable> ordered = [];
        while (left.Count > 0)
        {
            // One that refers to itself is no obstacle: what refers to what is looked at when all rows are there.
            var next = left.Find(table => table.ForeignKeyConstraints.All(key => key.PrincipalTable == table || !left.Contains(key.PrincipalTable)))
                ?? throw new InvalidOperationException($"{left[0].Name} and others refer to each other in a circle.");
            left.Remove(next);
            ordered.Add(new CopiedTable(next));
        }

        return ordered;
    }

    /// <summary>An empty piece of the table.</summary>
    public DataTable Piece()
    {
        var piece = new DataTable(Name) { Locale = System.Globalization.CultureInfo.InvariantCulture };
        foreach (var (name, type) in Columns)
        {
            piece.Columns.Add(name, type);
        }

        return piece;
    }

    /// <summary>The question for all rows, in the words of that database.</summary>
    public string Select(DiasporaDbContext context)
    {
        var sql = context.GetService<ISqlGenerationHelper>();
        return $"SELECT {string.Join(", ", Columns.Select(column => sql.DelimitIdentifier(column.Name)))} FROM {sql.DelimitIdentifier(Name)}";
    }

    /// <summary>One row after the other; a missing value is <see cref="DBNull"/>.</summary>
    public async IAsyncEnumerable<object[]> RowsAsync(DiasporaDbContext context, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = Select(context);
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var row = new object[Columns.Count];
            for (var column = 0; column < row.Length; column++)
            {
                row[column] = reader.IsDBNull(column) ? DBNull.Value : Readers[Columns[column].Type](reader, column);
            }

            yield return row;
        }
    }

    private static Type TypeOf(RelationalTypeMapping mapping)
    {
        var type = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        type = type.IsEnum ? Enum.GetUnderlyingType(type) : type;
        return Readers.ContainsKey(type) ? type : throw new NotSupportedException($"Columns of {type} cannot be copied yet.");
    }
}
