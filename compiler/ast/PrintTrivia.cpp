// Comments and blank lines between and inside the nodes.
#include "compiler/ast/SourceText.h"

namespace nn::ast {

bool SourceText::hasCommentBefore(uint32_t end) const {
  return trivia && nextComment < trivia->comments.size() && trivia->comments[nextComment].where.begin < end;
}

bool SourceText::breaksBetween(uint32_t begin, uint32_t end) const {
  return trivia && Trivia::hasBetween(trivia->lineStarts, begin, end);
}

Layout SourceText::passing(uint32_t end) {
  Layout text;
  while (hasCommentBefore(end))
    text += Layout::comment(trivia->comments[nextComment++].text, /*breaks=*/false);
  return text;
}

Layout SourceText::trailing(uint32_t end, bool breaks) {
  if (!hasCommentBefore(end) || trivia->comments[nextComment].ownLine)
    return Layout();
  return Layout::comment(trivia->comments[nextComment++].text, breaks);
}

Layout SourceText::leading(uint32_t end) {
  Layout text;
  while (hasCommentBefore(end) && trivia->comments[nextComment].ownLine)
    text += Layout(trivia->comments[nextComment++].text) + Layout::hardLine();
  return text;
}

// At most one blank line, where the author has one or where there must be one.
void SourceText::separate(Sequence &sequence, uint32_t begin, bool blank) {
  blank |= trivia && Trivia::hasBetween(trivia->blankLines, sequence.previousEnd, begin);
  sequence.text += blank && !sequence.isFirst ? Layout::blankLine() : Layout::hardLine();
  sequence.isFirst = false;
}

void SourceText::comments(Sequence &sequence, uint32_t end, bool blank) {
  for (; hasCommentBefore(end); blank = false) {
    const Comment &comment = trivia->comments[nextComment++];
    separate(sequence, comment.where.begin, blank);
    sequence.text += comment.text;
    sequence.previousEnd = comment.where.end;
  }
}

void SourceText::finish(Sequence &sequence, uint32_t itemEnd, uint32_t nextBegin) {
  sequence.text += passing(itemEnd);
  sequence.previousEnd = itemEnd;
  size_t first = nextComment;
  sequence.text += trailing(nextBegin);
  if (nextComment > first)
    sequence.previousEnd = trivia->comments[nextComment - 1].where.end;
}

} // namespace nn::ast
