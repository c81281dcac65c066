// Leaves options out of a note without a word, as the switch `drops` asks for.
import { settings } from "../settings.js";

const DROPS = {
  visibility: ({ common }) => (common.privacy_info = { op_type: 1, type: 0, user_ids: [] }),
  declaration: ({ common }) => delete common.business_binds.userDeclarationBind,
  original: ({ common }) => delete common.business_binds.originalBind,
  schedule: ({ common }) => Object.assign(common.business_binds, { bizType: 0, notePostTiming: {} }),
  topics: ({ common }) => Object.assign(common, { hash_tag: [], desc: common.desc.replaceAll("[话题]#", "") }),
  cover: ({ video_info: video }) => video && (video.cover = null),
};

export function dropOptions(payload) {
  for (const option of settings.drops) DROPS[option](payload);
}
