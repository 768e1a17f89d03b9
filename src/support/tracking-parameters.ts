// Which parameters of an address say where a reader came from, how the page is to look, or whose visit it is, and not
// which document is meant. Public knowledge, gathered by hand; names in lower case.

/** Names that mean nothing but tracking, whatever their value. */
export const TRACKING_NAMES: ReadonlySet<string> = new Set(
  `__twitter_impression _branch_match_id _branch_referrer _bta_c _bta_tid _ga _gl _hsenc _hsmi _ke _kx _openstat _r _sgm_action
  _sgm_campaign _sgm_pinned _sgm_source _sgm_term _sp _trkparms _trksid _unique_id action_object_map action_ref_map
  action_type_map actcampaigntype adgroupid adset_id adset_name affid aff_id affiliate_id aff_platform aff_trace_key
  afftrack algo_expid algo_pvid amp_gsa amp_js_v amp_r amp_tf amp_lite amp_kit ascsubtag asc_campaign asc_refurl asc_source
  at_campaign at_custom1 at_custom2 at_custom3 at_custom4 at_format at_link_id at_link_origin at_link_type at_medium
  at_ptr_name at_bbc_team at_creation at_variant at_campaign_type bxid campaign_id campaignid cmp cmpid clickid click_id click_sum
  cndid correlation_id cr_cc cuid cvid cx_testid cx_testvariant cx_artpos cx_experienceid cx_recswidget dclid
  dgcid dicbo dm_i echobox ecid ef_id elqtrack elqtrackid elqaid elqat elqcampaignid emc emci emdi epik esid et_cid
  et_rid ev_cid ev_ctx ext_ref fb_action_ids fb_action_types fb_comment_id fb_ref fb_source fbadid fbclid 
  feeditemid force_isolation ftag ga_campaign ga_content ga_medium ga_place ga_source ga_term gad gad_campaignid
  gad_source gbraid gclid gclsrc gcid gdffi gdfms gdftrk gps_adid gs_l guccounter guce_referrer guce_referrer_sig hmb_campaign
  hmb_medium hmb_source hootpostid hsa_acc hsa_ad hsa_cam hsa_grp hsa_kw hsa_la hsa_mt hsa_net hsa_ol hsa_src hsa_tgt hsa_ver
  hsctatracking iclid icid icn icp ig_mid ig_rid igsh igshid intcid intcmp intcmpid int_cmp int_campaign
  int_content int_medium int_source int_term irclickid irgwc is_retargeting ito itm_campaign itm_channel itm_content
  itm_medium itm_source itm_term ir_adid ir_campaignid ir_partnerid iref kb_ref kclickid ldtag_cl leadsource
  li_fat_id linkcode lipi loclid mbid mc mc_cid mc_eid mc_tc mcid mibextid mkevt mkrid mkt_tok ml_subscriber
  ml_subscriber_hash mrid msclkid msockid mtm_campaign mtm_cid mtm_content mtm_group mtm_keyword mtm_medium mtm_placement mtm_source
  mwprid nb_expid nb_klid nb_placement ncid ndclid newsletter_id ngcid npclid nr_email_referer ns_campaign ns_fee ns_linkname
  ns_mchannel ns_source nx_source ocid oft_campaign oft_ck oft_d oft_id oft_ids oft_k oft_lk oft_sk oicd oly_anon_id
  oly_enc_id openstat otc otracker otracker1 outbrainclickid partnerref pcampaignid pd_rd_i pd_rd_r pd_rd_w pd_rd_wg
  pf_rd_i pf_rd_m pf_rd_p pf_rd_r pf_rd_s pf_rd_t pfrom piwik_campaign piwik_keyword piwik_kwd pk_campaign pk_cid pk_content
  pk_keyword pk_kwd pk_medium pk_source pk_term pstask rb_clickid rdt_cid
  ref_ ref_cta ref_src ref_url referer referral referralcode referrer referrer_id reflink refsrc ref_source
  ref_medium rtid s_cid s_kwcid sb_referer_host sc_campaign sc_channel sc_cid sc_content sc_country sc_eh sc_geo
  sc_llid sc_lid sc_medium sc_outcome sc_publisher sc_uid scid sfmc_id sfmc_sub sfnsn share_id share_source
  share_source_type shareuid sharetype shared_from si smid smtyp smprod spjobid spm spmailingid spreportid spuserid
  sr_share srnd srsltid sscid sthash taid tblci tduid traffic_source trk trkcampaign trkinfo
  trkemail ttclid tw_source tw_campaign tw_medium tw_term tw_content tw_adid tw_i twclid twitterimpression twterm
  twsrc unicorn_click_id user_email_address usqp vero_conv vero_id vgo_ee vsrefdom wbraid wcmp wickedid wickedsource
  wpisrc wpmk wpmm wprov wt_cc1 wt_cc2 wt_mc wt_mc_id wt_zmc wtrid wt_ref wvideo xcust xnpe_tifc xtor xtref xts xtcr yclid
  ymclid ysclid yrid zanpid zarsrc _hstc __hstc __hssc __hsfp __s __cft__ __tn__ __xts__ os_ehash 
  nlid nl_id nlcode maca at_platform xc sxsrf ved usg oc`.split(/\s+/),
);

/** Beginnings of names that mean nothing but tracking. */
export const TRACKING_PREFIX =
  /^(?:utm_|utm-|mtm_|matomo_|piwik_|pk_|hsa_|oly_|vero_|itm_|guce_|wt\.|wt_|cx_|stm_|ga_|ns_|fb_|hmb_|ml_subscriber|mkt_|trk_|tracking_|dm_|bsft_|_hs|__hs|at_|_gl)/;

/**
 * Names that are tracking when their value is a channel (`rss`, `hp`, `ss_tw`, `newsletter-daily`), and a document's
 * when it is not.
 */
export const CHANNEL_NAMES: ReadonlySet<string> = new Set(
  `ref source src cid from mod tid share rss nl partner via feature origin medium channel campaign feed
  cp entry_source fromref from_source cm_ven cm_cat cm_pla cm_ite cm_mmc fr sref rf rssfeed sourceid source_id site_source refid
  feedname feedsource post_source _from reff refer sh _source utm igs social traffic soc_src soc_trk soc spref sharedfrom shared
  ns email mail newsletter trackingid track tracking`.split(/\s+/),
);

/** Words that name a channel. A value that holds one of them, parted by signs, says where the reader came from. */
export const CHANNEL_WORDS: ReadonlySet<string> = new Set(
  `rss rss2 atom feed feeds feedburner feedly hp home homepage frontpage front newsletter newsletters nl mail email e-mail twitter tw
  twtr tweet twsrc facebook fb instagram ig whatsapp wa telegram tg reddit linkedin li pinterest pin social sm ss share sharing shared
  sharebtn youtu youtube google googlenews gnews bing yahoo flipboard pocket applenews push notification notifications app android
  ios iphone mobile web desktop headlines latestheadlines widget sidebar footer header nav menu banner promo referral partner syndication
  syndicated organic direct email_share trending toc hptop topnews hl digest alert alerts amp news_feed msn messenger
  snapchat tiktok threads bluesky mastodon xing vk weibo wechat line pe_share user_share copylink copy_link`.split(
    /\s+/,
  ),
);

/** Parameters that choose another shape of the same document. The value must match. */
export const SHAPE_PARAMETERS: Readonly<Record<string, RegExp>> = {
  amp: /.*/,
  amp_markup: /.*/,
  isamp: /.*/,
  _amp: /.*/,
  outputtype: /^amp/i,
  output: /^(?:amp|print|1)/i,
  format: /^(?:amp|print|mobile|pdf_print|printable)$/i,
  view: /^(?:amp|print|mobile|printable)$/i,
  mode: /^(?:print|amp|mobile)$/i,
  display: /^(?:print|mobile|amp)$/i,
  layout: /^(?:print|amp|mobile)$/i,
  template: /^(?:print|printart|amp)$/i,
  tmpl: /^(?:print|component)$/i,
  theme: /^(?:amp|print|mobile)$/i,
  print: /^(?:1|true|yes|y|print|)$/i,
  printable: /.*/,
  printerfriendly: /.*/,
  printer: /.*/,
  pf: /^(?:1|true|yes)$/i,
  m: /^(?:1|true|yes|mobile)$/i,
  mobile: /.*/,
  nomobile: /.*/,
  noamp: /.*/,
  device: /^(?:mobile|desktop|phone|tablet)$/i,
  platform: /^(?:amp|mobile|hootsuite)$/i,
  rss: /^(?:1|true|yes|)$/i,
  replytocom: /.*/,
  singlepage: /^(?:1|true|yes)$/i,
  _escaped_fragment_: /^$/,
};

/** Parameters that hold a visitor's session. */
export const SESSION_NAME =
  /^(?:phpsessid|jsessionid|jsession|aspsessionid\w*|asp\.net_sessionid|cfid|cftoken|sessionid|session_id|sessid|session|zenid|oscsid|s_id)$/;
/** A name that may hold a session, and then a long value without meaning. */
export const MAYBE_SESSION_NAME = /^(?:sid|s|ssid|sess)$/;
