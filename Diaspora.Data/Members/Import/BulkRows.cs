using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Diaspora.Data.Members.Import;

/// <summary>
/// Many new rows of one table, made ready before the transaction.
/// Values are converted by the model's own mapping, so a new column is written too. A value that is the same in all rows is written into the command itself.
/// One prepared command writes them in seconds; tracking a quarter of a million entities would take minutes.
/// </summary>
internal sealed class BulkRows
{
    /// <summary>SQL Server takes at most 2100 parameters in a command. Fewer commands mean fewer round trips.</summary>
    private const int ServerParameters = 2000;

    private const int ServerRows = 200;

    /// <summary>The longest text that has a limit.</summary>
    private const int ServerCharacters = 4000;

    /// <summary>Any number says that it is meant: moments are as long as their precision wants.</summary>
    private const int ServerMoment = 8;

    /// <summary>SQLite runs in the process. One row a command took half as long as eight (measured over 240 000 rows).</summary>
    private const int SqliteRows = 1;

    private readonly ISqlGenerationHelper _sql;
    private readonly IEntityType _type;
    private readonly bool _isSqlite;
    private readonly List<(IProperty Property, string Literal)> _same = [];
    private readonly List<(IProperty Property, object?[] Values)> _varying = [];

    private BulkRows(DiasporaDbContext context, IEntityType type, int count)
    {
        _sql = context.GetService<ISqlGenerationHelper>();
        _type = type;
        _isSqlite = context.Database.IsSqlite();
        Count = count;
    }

    public int Count { get; }

    public static BulkRows Of<T>(DiasporaDbContext context, IReadOnlyList<T> entities, IReadOnlyDictionary<string, Func<T, object?>>? instead = null) where T : class
    {
        var rows = new BulkRows(context, context.Model.FindEntityType(typeof(T))!, entities.Count);
        if (entities.Count == 0)
        {
            return rows;
        }

        foreach (var property in rows._type.GetFlattenedProperties())
        {
            var read = ReaderOf(property);
            var values = new object?[entities.Count];
            for (var index = 0; index < values.Length; index++)
            {
                values[index] = instead is not null && instead.TryGetValue(property.Name, out var other) ? other(entities[index]) : read(entities[index]);
            }

            // With a single row every column would count as the same in all rows, and the command would have no parameter. So all columns of it become parameters.
            if (values.Length > 1 && Array.TrueForAll(values, value => Equals(value, values[0])))
            {
                rows._same.Add((property, property.GetRelationalTypeMapping().GenerateSqlLiteral(values[0])));
            }
            else
            {
                rows._varying.Add((property, Array.ConvertAll(values, value => rows.Provided(property, value))));
            }
        }

        return rows;
    }

    /// <summary>Within the context's transaction.</summary>
    /// <param name="report">Told how many rows each command wrote.</param>
    public async Task InsertAsync(DiasporaDbContext context, Action<int> report, CancellationToken cancel)
    {
        var size = _isSqlite ? SqliteRows : Math.Clamp(ServerParameters / Math.Max(1, _varying.Count), 1, ServerRows);
        for (var first = 0; first < Count;)
        {
            var take = Math.Min(size, Count - first);
            await using var command = Command(context, take, out var parameters);
            await command.PrepareAsync(cancel);
            do
            {
                Fill(parameters, first, take);
                await command.ExecuteNonQueryAsync(cancel);
                report(take);
                first += take;
            }
            while (first + take <= Count);
        }
    }

    private DbCommand Command(DiasporaDbContext context, int rows, out DbParameter[] parameters)
    {
        var command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        var text = new StringBuilder("INSERT INTO ").Append(_sql.DelimitIdentifier(_type.GetTableName()!)).Append(" (")
            .AppendJoin(", ", _same.Select(column => column.Property).Concat(_varying.Select(column => column.Property)).Select(property => _sql.DelimitIdentifier(property.GetColumnName())))
            .Append(") VALUES ");
        var same = string.Concat(_same.Select(column => column.Literal + ", "));
        parameters = new DbParameter[rows * _varying.Count];
        for (var index = 0; index < parameters.Length; index++)
        {
            var column = index % _varying.Count;
            text.Append(column > 0 ? ", " : index == 0 ? $"({same}" : $"), ({same}").Append(CultureInfo.InvariantCulture, $"@v{index}");
            parameters[index] = _varying[column].Property.GetRelationalTypeMapping().CreateParameter(command, string.Create(CultureInfo.InvariantCulture, $"@v{index}"), null, nullable: true);
            if (!_isSqlite)
            {
                parameters[index].Size = SizeOf(_varying[column].Property.GetRelationalTypeMapping());
            }

            command.Parameters.Add(parameters[index]);
        }

        command.CommandText = text.Append(')').ToString();
        return command;
    }

    /// <summary>
    /// The server's driver prepares no parameter whose length varies, of text and of moments, unless it knows its size. And it cuts what is longer than that without a word,
    /// so text gets the most there can be: what does not fit the column is for the server to refuse.
    /// </summary>
    private static int SizeOf(RelationalTypeMapping mapping) => mapping switch
    {
        { DbType: DbType.String or DbType.AnsiString or DbType.Binary, Size: null } => -1,
        { DbType: DbType.String } => ServerCharacters,
        { DbType: DbType.AnsiString or DbType.Binary } => 2 * ServerCharacters,
        { Size: { } size } => size,
        _ => ServerMoment,
    };

    private void Fill(DbParameter[] parameters, int first, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < _varying.Count; column++)
            {
                parameters[row * _varying.Count + column].Value = _varying[column].Values[first + row] ?? DBNull.Value;
            }
        }
    }

    /// <summary>A value as the driver takes it. SQLite's driver would turn a guid into this text each time it is bound.</summary>
    private object? Provided(IProperty property, object? value)
    {
        var provided = property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
        return _isSqlite && provided is Guid guid ? guid.ToString().ToUpperInvariant() : provided;
    }

    /// <summary>A property of a complex property is read through its owner.</summary>
    private static Func<object, object?> ReaderOf(IProperty property) => property.DeclaringType is IComplexType { ComplexProperty: var owner }
        ? entity => owner.GetGetter().GetClrValue(entity) is { } part ? property.GetGetter().GetClrValue(part) : null
        : entity => property.GetGetter().GetClrValue(entity);
}
