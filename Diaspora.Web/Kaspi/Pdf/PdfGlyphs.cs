using System.Diagnostics.CodeAnalysis;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Geometry;
using UglyToad.PdfPig.Graphics;
using UglyToad.PdfPig.Graphics.Operations;
using UglyToad.PdfPig.Outline.Destinations;
using UglyToad.PdfPig.Parser;
using UglyToad.PdfPig.PdfFonts;
using UglyToad.PdfPig.Tokenization.Scanner;
using UglyToad.PdfPig.Tokens;

namespace Diaspora.Web.Kaspi.Pdf;

/// <summary>One sign where it is drawn, in points from the lower left corner of its page.</summary>
internal readonly record struct Glyph(string Text, double Left, double Right, double Base);

/// <summary>What a page draws, as far as it is text.</summary>
internal sealed record GlyphPage(IReadOnlyList<Glyph> Glyphs);

/// <summary>
/// Reads the text of a page and nothing else: no pictures, no lines, no colours, and so much of it as its budget allows. The library's own pages keep all of it, without a bound.
/// </summary>
[SuppressMessage("Performance", "CA1812", Justification = "The library makes it.")]
internal sealed class GlyphPages(
    IPdfTokenScanner scanner, IResourceStore resources, ILookupFilterProvider filters, IPageContentParser parser, ParsingOptions options)
    : BasePageFactory<GlyphPage>(scanner, resources, filters, new Counted(parser, BudgetOf(options)), options)
{
    private static PdfBudget BudgetOf(ParsingOptions options) => ((PdfUnpacking)options.FilterProvider!).Budget;

    protected override GlyphPage ProcessPage(
        int pageNumber,
        DictionaryToken dictionary,
        NamedDestinations namedDestinations,
        MediaBox mediaBox,
        CropBox cropBox,
        UserSpaceUnit userSpaceUnit,
        PageRotationDegrees rotation,
        TransformationMatrix initialMatrix,
        IReadOnlyList<IGraphicsStateOperation> operations) =>
        new Drawing(BudgetOf(ParsingOptions), pageNumber, ResourceStore, PdfScanner, PageContentParser, FilterProvider, cropBox, userSpaceUnit, rotation, initialMatrix, ParsingOptions)
            .Process(pageNumber, operations);

    private sealed class Counted(IPageContentParser inner, PdfBudget budget) : IPageContentParser
    {
        public IReadOnlyList<IGraphicsStateOperation> Parse(int pageNumber, IInputBytes inputBytes, UglyToad.PdfPig.Logging.ILog log)
        {
            budget.Parse(inputBytes.Length);
            return inner.Parse(pageNumber, inputBytes, log);
        }
    }

    private sealed class Drawing(
        PdfBudget budget, int number, IResourceStore resources, IPdfTokenScanner scanner, IPageContentParser parser, ILookupFilterProvider filters,
        CropBox cropBox, UserSpaceUnit unit, PageRotationDegrees rotation, TransformationMatrix matrix, ParsingOptions options)
        : BaseStreamProcessor<GlyphPage>(number, resources, scanner, parser, filters, cropBox, unit, rotation, matrix, options)
    {
        /// <summary>States and forms within one another. Two forms that draw each other would have no end.</summary>
        private const int Deepest = 64;

        private readonly List<Glyph> _glyphs = [];
        private int _forms;

        public override GlyphPage Process(int pageNumberCurrent, IReadOnlyList<IGraphicsStateOperation> operations)
        {
            CloneAllStates();
            ProcessOperations(operations);
            return new GlyphPage(_glyphs);
        }

        public override void RenderGlyph(
            IFont font, CurrentGraphicsState currentState, double fontSize, double pointSize, int code, string unicode, long currentOffset,
            in TransformationMatrix renderingMatrix, in TransformationMatrix textMatrix, in TransformationMatrix transformationMatrix, CharacterBoundingBox characterBoundingBox)
        {
            budget.Draw();
            var place = renderingMatrix.Multiply(textMatrix).Multiply(transformationMatrix);
            var begin = place.Transform(new PdfPoint(0, 0));
            var end = place.Transform(new PdfPoint(characterBoundingBox.Width, 0));
            if (double.IsFinite(begin.X) && double.IsFinite(begin.Y) && double.IsFinite(end.X))
            {
                _glyphs.Add(new Glyph(unicode, Math.Min(begin.X, end.X), Math.Max(begin.X, end.X), begin.Y));
            }
        }

        public override void PushState()
        {
            budget.Require(StackSize < Deepest);
            base.PushState();
        }

        protected override void ProcessFormXObject(StreamToken formStream, NameToken xObjectName)
        {
            budget.Require(_forms < Deepest / 4);
            budget.Enter();
            _forms++;
            base.ProcessFormXObject(formStream, xObjectName);
            _forms--;
        }

        protected override void RenderXObjectImage(XObjectContentRecord xObjectContentRecord)
        {
        }

        public override void BeginInlineImage()
        {
        }

        public override void SetInlineImageProperties(IReadOnlyDictionary<NameToken, IToken> properties)
        {
        }

        public override void EndInlineImage(Memory<byte> bytes)
        {
        }

        protected override void RenderInlineImage(InlineImage inlineImage)
        {
        }

        public override void BeginSubpath()
        {
        }

        public override PdfPoint? CloseSubpath() => null;

        public override void StrokePath(bool close)
        {
        }

        public override void FillPath(FillingRule fillingRule, bool close)
        {
        }

        public override void FillStrokePath(FillingRule fillingRule, bool close)
        {
        }

        public override void MoveTo(double x, double y)
        {
        }

        public override void BezierCurveTo(double x2, double y2, double x3, double y3)
        {
        }

        public override void BezierCurveTo(double x1, double y1, double x2, double y2, double x3, double y3)
        {
        }

        public override void LineTo(double x, double y)
        {
        }

        public override void Rectangle(double x, double y, double width, double height)
        {
        }

        public override void EndPath()
        {
        }

        public override void ClosePath()
        {
        }

        public override void ModifyClippingIntersect(FillingRule clippingRule)
        {
        }

        protected override void ClipToRectangle(PdfRectangle rectangle, FillingRule clippingRule)
        {
        }

        public override void PaintShading(NameToken shadingName)
        {
        }

        public override void BeginMarkedContent(NameToken name, NameToken? propertyDictionaryName, DictionaryToken? properties)
        {
        }

        public override void EndMarkedContent()
        {
        }
    }
}
