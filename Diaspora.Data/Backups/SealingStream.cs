using System.Security.Cryptography;

namespace Diaspora.Data.Backups;

/// <summary>Encrypts what is written to it, as <see cref="SealHeader"/> says. The last chunk is written when it is closed.</summary>
internal sealed class SealingStream : Stream
{
    private readonly Stream _file;
    private readonly SealHeader _header;
    private readonly byte[] _associated;
    private readonly AesGcm _key;
    private readonly byte[] _plain;
    private readonly byte[] _sealed;
    private int _filled;
    private uint _chunk;
    private bool _isClosed;

    public SealingStream(Stream file, string passphrase, SealHeader header)
    {
        _file = file;
        _header = header;
        (_associated, _key) = header.Write(passphrase);
        _plain = new byte[header.ChunkBytes];
        _sealed = new byte[header.ChunkBytes + SealHeader.TagBytes];
        file.Write(_associated);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            // Only now is it known that the full chunk is not the last.
            if (_filled == _plain.Length)
            {
                Seal(isLast: false);
            }

            var part = buffer[..Math.Min(buffer.Length, _plain.Length - _filled)];
            part.CopyTo(_plain.AsSpan(_filled));
            _filled += part.Length;
            buffer = buffer[part.Length..];
        }
    }

    public override void Flush()
    {
        // A chunk is written whole.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isClosed)
        {
            _isClosed = true;
            Seal(isLast: true);
            _key.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Seal(bool isLast)
    {
        _key.Encrypt(_header.Nonce(_chunk, isLast), _plain.AsSpan(0, _filled), _sealed.AsSpan(0, _filled), _sealed.AsSpan(_filled, SealHeader.TagBytes), _associated);
        _file.Write(_sealed, 0, _filled + SealHeader.TagBytes);
        _filled = 0;
        _chunk = checked(_chunk + 1);
    }
}
