using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Diaspora.Data;

/// <summary>For the migrations tool only; it never opens a connection.</summary>
public sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteDiasporaDbContext>
{
    public SqliteDiasporaDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteDiasporaDbContext>().UseSqlite("Data Source=:memory:").Options);
}

/// <summary>For the migrations tool only; it never opens a connection.</summary>
public sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerDiasporaDbContext>
{
    public SqlServerDiasporaDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerDiasporaDbContext>().UseSqlServer("Server=design-time").Options);
}
