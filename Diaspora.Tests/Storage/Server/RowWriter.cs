using System.Data;
using Diaspora.Data;
using Diaspora.Data.Moving;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Diaspora.Tests.Storage.Server;

/// <summary>Row by row, as SQLite takes it.</summary>
internal sealed class RowWriter : ICopyWriter
{
    public Func<DataTable, bool> Before { get; init; } = _ => true;

    /// <summary>Done last, before all is committed.</summary>
    public Func<DiasporaDbContext, Task> Check { get; init; } = async target => Assert.Empty(await target.Database.SqlQueryRaw<string>("SELECT \"table\" AS Value FROM pragma_foreign_key_check").ToListAsync());

    public async Task WriteAsync(DiasporaDbContext target, CopiedTable table, DataTable piece, CancellationToken cancel)
    {
        Before(piece);
        foreach (DataRow row in piece.Rows)
        {
            await using var command = target.Database.GetDbConnection().CreateCommand();
            command.Transaction = target.Database.CurrentTransaction!.GetDbTransaction();
            command.CommandText = $"INSERT INTO \"{table.Name}\" ({string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\""))}) VALUES ({string.Join(", ", table.Columns.Select((_, index) => $"@p{index}"))})";
            for (var index = 0; index < table.Columns.Count; index++)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ($"@p{index}", row[index]);
                command.Parameters.Add(parameter);
            }

            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    public Task CheckAsync(DiasporaDbContext target, IReadOnlyList<CopiedTable> tables, CancellationToken cancel) => Check(target);
}
