using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Diaspora.Web.Shell.Guard;

/// <summary>What no browser of ours sends is the sender's fault: answered with 400, never with an error of the portal. Nor is it one that somebody goes before the answer.</summary>
public sealed class ReadableRequests(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // The page that is shown instead of an answer has no form; asked for the one that was refused, the framework would complain.
        var isSubstitute = context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null;
        if (!isSubstitute && context.Request.HasFormContentType && context.Features.Get<IFormFeature>() is { } form)
        {
            context.Features.Set<IFormFeature>(new ReadableForm(form));
        }

        try
        {
            await next(context);
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone, as every page does that is closed: nobody is left to be answered, and nothing is wrong.
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }

            context.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
        }
        catch (Exception fault) when (fault is BadHttpRequestException or AntiforgeryValidationException && !context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = (fault as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
        }
    }

    /// <summary>Everything that can be wrong with a form becomes one fault. Which ones the framework throws depends on what it fails on: a charset, a boundary, a length.</summary>
    private sealed class ReadableForm(IFormFeature form) : IFormFeature
    {
        public bool HasFormContentType => form.HasFormContentType;

        public IFormCollection? Form
        {
            get => form.Form;
            set => form.Form = value;
        }

        public IFormCollection ReadForm()
        {
            try
            {
                return form.ReadForm();
            }
            catch (Exception fault) when (IsOfTheForm(fault))
            {
                throw Unreadable(fault);
            }
        }

        public async Task<IFormCollection> ReadFormAsync(CancellationToken cancellationToken)
        {
            try
            {
                return await form.ReadFormAsync(cancellationToken);
            }
            catch (Exception fault) when (IsOfTheForm(fault))
            {
                throw Unreadable(fault);
            }
        }

        private static bool IsOfTheForm(Exception fault) =>
            fault is not BadHttpRequestException && fault is InvalidDataException or NotSupportedException or ArgumentException or FormatException or InvalidOperationException;

        private static BadHttpRequestException Unreadable(Exception fault) => new("The form cannot be read.", StatusCodes.Status400BadRequest, fault);
    }
}
