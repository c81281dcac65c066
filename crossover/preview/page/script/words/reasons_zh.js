// 中文：为什么改动。每一条是原句的样子和中文；不认识的原句照英文显示。

const WHOLE = {
  "you said so": "你自己定的",
  "hashtags become RedNote topics, behind the text": "标签变成小红书话题，放在正文后面",
  "the hashtags in your text": "你正文里的标签",
  "the title says it (`title_in_body: keep` in crossover.yaml leaves it here too)": "标题里已经写了，正文里不再重复（crossover.yaml 里的 `title_in_body: keep` 可以保留）",
  "TikTok names are not people on RedNote, and count against a note": "TikTok 上的名字在小红书上不是同一个人，对笔记不利",
  "a place is not sent along: choose it on RedNote": "地点不会带过去，请在小红书上选择",
  "a text for those who do not see the picture is not sent along; it stays in posts.json": "替代文字不会带过去，仍保存在 posts.json 里",
  "metadata removed from the picture": "去掉了图片里的拍摄信息",
  "tags about TikTok mean nothing on RedNote": "关于 TikTok 的标签在小红书上没有意义",
  "RedNote punishes pointing people to other platforms": "小红书会处罚站外引流",
  "tags that tell people what to do, or which part this is, are no topics": "让人做什么或说明第几部分的标签不是话题",
  "advertising is declared, it is no topic": "广告用声明表示，不作为话题",
  "RedNote's filters look for a word in them": "里面有小红书会过滤的词",
  "the plain word for a community of TikTok": "TikTok 圈子标签的普通说法",
  "the same as another of its tags": "与它的另一个标签相同",
  "your rules leave these tags out": "你的规则去掉了这些标签",
  "your own table of topics says so": "你自己的话题表这样写",
  "what people on RedNote call it, most likely": "小红书上最可能的叫法",
  "the Chinese words stand for it, as your rules say": "按你的规则，由中文话题代替",
  "all in capitals before (`title_case` in crossover.yaml)": "原来全是大写（crossover.yaml 里的 `title_case`）",
  "the number of its series (`title_template` in crossover.yaml)": "它在系列中的序号（crossover.yaml 里的 `title_template`）",
  "it has no words (`wordless` in crossover.yaml)": "它没有文字（crossover.yaml 里的 `wordless`）",
  "your rule `original`": "你的规则 `original`",
  "they came after the post went out": "它们是发出之后才有的",
  "they went out as one note": "它们已作为一篇笔记发出",
  "a long text takes several notes (`long_text` in crossover.yaml)": "长文分成几篇笔记（crossover.yaml 里的 `long_text`）",
};

const FROM_WORDS = {
  "a whole clause of your words": "取文案中完整的一句",
  "your words without their beginning": "取去掉开头的文案",
  "your words up to where a reader could pause": "取文案中到停顿处为止的部分",
  "a part of your words that stands by itself": "取文案中独立成句的部分",
  "what somebody says in your words": "取文案中引用的话",
  "the beginning of your words, cut within a sentence": "取文案的开头，在句子中间截断",
};

const PATTERNS = [
  [/^TikTok gives this post no title: (.+)$/, (words) => FROM_WORDS[words] && `TikTok 没有给它标题：${FROM_WORDS[words]}`],
  [/^it is too long for a title, with .+?: ([^:]+)$/, (words) => FROM_WORDS[words] && `原标题太长：${FROM_WORDS[words]}`],
  [/^a description has room for (\d+) characters, topics included; this has (\d+)$/, (most, has) => `正文连同话题最多 ${most} 字符，这里有 ${has} 字符`],
  [/^a note carries at most (\d+) topics$/, (most) => `一篇笔记最多 ${most} 个话题`],
  [/^a good frame, ([\d.]+) s into the video$/, (seconds) => `视频第 ${seconds} 秒的好画面`],
  [/^part (\d+) of (\d+)$/, (part, parts) => `第 ${part} 部分，共 ${parts} 部分`],
  [/^part (\d+) of (\d+) of a text that is longer than RedNote takes \(`long_text` in crossover\.yaml\)$/, (part, parts) => `正文超过小红书的长度，这是第 ${part} 部分，共 ${parts} 部分（crossover.yaml 里的 \`long_text\`）`],
  [/^(\d+) pictures; a note takes (\d+)$/, (has, most) => `有 ${has} 张图片，一篇笔记最多 ${most} 张`],
  [/^metadata removed from all (\d+) pictures$/, (all) => `去掉了全部 ${all} 张图片里的拍摄信息`],
  [/^metadata removed from all (\d+) pictures, the place from (\d+)$/, (all, places) => `去掉了全部 ${all} 张图片里的拍摄信息，其中 ${places} 张带有地点`],
  [/^(\d+) of (\d+) pictures rotated$/, (turned, all) => `${all} 张图片中有 ${turned} 张转正了`],
  [/^it has no hashtags; what people on RedNote call “(.+)”, most likely$/, (words) => `它没有标签；小红书上“${words}”最可能的叫法`],
];

/** Why something was changed, in Chinese; empty for a reason that is not known. */
export function sayReasonInChinese(why) {
  if (why in WHOLE) return WHOLE[why];
  for (const [pattern, say] of PATTERNS) {
    const found = pattern.exec(why);
    if (found) return say(...found.slice(1)) ?? "";
  }
  return "";
}
