using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Diaspora.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Diaspora.Tests.Storage.Server;

/// <summary>What would have been sent to SQL Server.</summary>
/// <param name="Unsized">Parameters that the driver would refuse to prepare, with its own words.</param>
internal sealed record SentCommand(string Text, IReadOnlyList<SqlParameter> Parameters, IReadOnlyList<string> Unsized);

/// <summary>Stands where a SQL Server would be: notes each command, whoever made it, and answers with a row of samples or with none.</summary>
internal sealed class CapturedServer(bool answers) : IContextFactory
{
    public ConcurrentQueue<SentCommand> Sent { get; } = new();

    public bool Answers => answers;

    public bool OneWriterAtATime => false;

    /// <summary>Whatever limits rows without an order is a fault here: two pages of it could show the same row.</summary>
    public DiasporaDbContext Create()
    {
        var context = new SqlServerDiasporaDbContext(new DbContextOptionsBuilder<SqlServerDiasporaDbContext>()
            .UseSqlServer(new Connection(this), contextOwnsConnection: true)
            .ConfigureWarnings(warnings => warnings
                .Ignore(RelationalEventId.MultipleCollectionIncludeWarning)
                .Throw(CoreEventId.RowLimitingOperationWithoutOrderByWarning, CoreEventId.FirstWithoutOrderByAndFilterWarning)).Options);
        context.Held.Begin(isOn: true);
        return context;
    }

    private sealed class Connection(CapturedServer server) : DbConnection
    {
        private ConnectionState _state;

        [AllowNull]
        public override string ConnectionString { get; set; } = "Server=captured;Database=captured";

        public override string Database => "captured";

        public override string DataSource => "captured";

        public override string ServerVersion => "16.0";

        public override ConnectionState State => _state;

        public override void ChangeDatabase(string databaseName)
        {
        }

        public override void Close() => _state = ConnectionState.Closed;

        public override void Open() => _state = ConnectionState.Open;

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => new Transaction(this, isolationLevel);

        protected override DbCommand CreateDbCommand() => new Command(server) { Connection = this };
    }

    private sealed class Transaction(DbConnection connection, IsolationLevel isolation) : DbTransaction
    {
        public override IsolationLevel IsolationLevel => isolation;

        protected override DbConnection DbConnection => connection;

        public override void Commit()
        {
        }

        public override void Rollback()
        {
        }
    }

    /// <summary>Holds the parameters of the real driver, so that they are what it would get.</summary>
    private sealed class Command(CapturedServer server) : DbCommand
    {
        private static readonly MethodInfo PrepareOne = typeof(SqlParameter).GetMethod("Prepare", BindingFlags.Instance | BindingFlags.NonPublic)
            ?? throw new InvalidOperationException("The driver prepares parameters in another way now: look how.");

        [SuppressMessage("Reliability", "CA2213", Justification = "Holds nothing; its parameters are looked at after the command is gone.")]
        private readonly SqlCommand _inner = new();
        private readonly List<string> _unsized = [];

        [AllowNull]
        public override string CommandText { get; set; } = "";

        public override int CommandTimeout { get; set; }

        public override CommandType CommandType { get; set; } = CommandType.Text;

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection { get; set; }

        protected override DbParameterCollection DbParameterCollection => _inner.Parameters;

        protected override DbTransaction? DbTransaction { get; set; }

        public override void Cancel()
        {
        }

        public override int ExecuteNonQuery()
        {
            Note();
            return 1;
        }

        public override object? ExecuteScalar()
        {
            Note();
            return server.Answers ? 1 : 0;
        }

        /// <summary>As the driver does it once it has a connection.</summary>
        public override void Prepare()
        {
            foreach (SqlParameter parameter in _inner.Parameters)
            {
                try
                {
                    PrepareOne.Invoke(parameter, [_inner]);
                }
                catch (TargetInvocationException refused)
                {
                    _unsized.Add($"{parameter.ParameterName} {parameter.SqlDbType}: {refused.InnerException!.Message}");
                }
            }
        }

        protected override DbParameter CreateDbParameter() => new SqlParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
        {
            Note();
            return new SampleReader(CommandText, server.Answers);
        }

        private void Note() => server.Sent.Enqueue(new SentCommand(CommandText, [.. _inner.Parameters.Cast<SqlParameter>()], [.. _unsized]));
    }
}
