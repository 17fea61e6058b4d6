using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Diaspora.Data;

/// <summary>
/// Repeats what the server's driver calls a passing fault, as <c>EnableRetryOnFailure</c> does; and asks after every other fault too whether the commit came through. A time
/// limit, say, is no reason to repeat, but whoever pressed should not be told that nothing was written when it was.
/// </summary>
internal sealed class ServerRetries(ExecutionStrategyDependencies dependencies) : SqlServerRetryingExecutionStrategy(dependencies)
{
    protected override bool ShouldVerifySuccessOn(Exception exception) => true;
}
