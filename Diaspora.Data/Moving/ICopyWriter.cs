using System.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Diaspora.Data.Moving;

/// <summary>How rows get into a database: all that differs between one and the other.</summary>
internal interface ICopyWriter
{
    /// <summary>Within the context's transaction.</summary>
    Task WriteAsync(DiasporaDbContext target, CopiedTable table, DataTable piece, CancellationToken cancel);

    /// <summary>Looks whether everything that is referred to is there, and fails if not.</summary>
    Task CheckAsync(DiasporaDbContext target, IReadOnlyList<CopiedTable> tables, CancellationToken cancel);
}

/// <summary>Into SQL Server by its bulk load, which looks at no foreign key; so all of them are looked at afterwards, and trusted from then on.</summary>
internal sealed class ServerCopyWriter : ICopyWriter
{
    public async Task WriteAsync(DiasporaDbContext target, CopiedTable table, DataTable piece, CancellationToken cancel)
    {
        var transaction = (SqlTransaction?)target.Database.CurrentTransaction?.GetDbTransaction();
        using var bulk = new SqlBulkCopy((SqlConnection)target.Database.GetDbConnection(), SqlBulkCopyOptions.KeepIdentity | SqlBulkCopyOptions.KeepNulls | SqlBulkCopyOptions.TableLock, transaction)
        {
            DestinationTableName = target.GetService<ISqlGenerationHelper>().DelimitIdentifier(table.Name),
            BulkCopyTimeout = 0,
        };
        foreach (var (name, _) in table.Columns)
        {
            bulk.ColumnMappings.Add(name, name);
        }

        await bulk.WriteToServerAsync(piece, cancel);
    }

    public async Task CheckAsync(DiasporaDbContext target, IReadOnlyList<CopiedTable> tables, CancellationToken cancel)
    {
        var sql = target.GetService<ISqlGenerationHelper>();
        foreach (var table in tables)
        {
            await target.Database.ExecuteSqlRawAsync(string.Concat("ALTER TABLE ", sql.DelimitIdentifier(table.Name), " WITH CHECK CHECK CONSTRAINT ALL"), cancel);
        }
    }
}
