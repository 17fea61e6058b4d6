using Diaspora.Domain.Access;

namespace Diaspora.Web.Shared.Refusals;

/// <summary>The answer to a plain request that the domain refuses.</summary>
public static class RefusalAnswers
{
    /// <summary>404 for what does not exist for this reader, 403 for a reader without the permission. Else the sentence: with 429 when a quota is spent, with 503 when nothing can be read or stored, with 422 otherwise.</summary>
    public static TBuilder AnswersRefusals<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder => routes.AddEndpointFilter(async (call, next) =>
    {
        try
        {
            return await next(call);
        }
        catch (DomainException refused)
        {
            return refused.IsNotFound ? TypedResults.NotFound()
                : refused.Problem.Code is Problems.NotAllowed or Problems.MemberBlocked ? TypedResults.Forbid()
                : Said(call.HttpContext, refused.Problem);
        }
    });

    private static IResult Said(HttpContext context, Problem problem) => TypedResults.Text(
        context.RequestServices.GetRequiredService<ProblemWords>().Of(problem),
        statusCode: problem.Code switch
        {
            Problems.QuotaSpent => StatusCodes.Status429TooManyRequests,
            Problems.NotRead or Problems.NotWritten => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status422UnprocessableEntity,
        });
}
