/** Slack's short names of the emoji people use at work, `+1` and flags included; an unknown name is shown as `:name:`. */
const table = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|ok_hand 👌|clap 👏|raised_hands 🙌|pray 🙏|wave 👋|muscle 💪|point_right 👉|point_left 👈
point_up 👆|point_down 👇|raised_hand ✋|hand ✋|handshake 🤝|eyes 👀|smile 😄|slightly_smiling_face 🙂|joy 😂|sweat_smile 😅
thinking_face 🤔|sob 😭|scream 😱|face_with_monocle 🧐|sunglasses 😎|zipper_mouth_face 🤐|exploding_head 🤯|robot_face 🤖
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|negative_squared_cross_mark ❎|warning ⚠️
no_entry ⛔|no_entry_sign 🚫|octagonal_sign 🛑|question ❓|grey_question ❔|exclamation ❗|grey_exclamation ❕|bangbang ‼️
rotating_light 🚨|fire 🔥|fire_extinguisher 🧯|fire_engine 🚒|boom 💥|zap ⚡|bomb 💣|skull 💀|ambulance 🚑|sos 🆘|bell 🔔
no_bell 🔕|mega 📣|loudspeaker 📢|phone ☎️|telephone_receiver 📞|iphone 📱|pager 📟|email 📧|envelope ✉️|incoming_envelope 📨
red_circle 🔴|large_orange_circle 🟠|orange_circle 🟠|large_yellow_circle 🟡|yellow_circle 🟡|large_green_circle 🟢
green_circle 🟢|large_blue_circle 🔵|blue_circle 🔵|large_purple_circle 🟣|white_circle ⚪|black_circle ⚫|large_red_square 🟥
red_square 🟥|large_orange_square 🟧|large_yellow_square 🟨|large_green_square 🟩|large_blue_square 🟦|white_large_square ⬜
black_large_square ⬛|large_orange_diamond 🔶|small_orange_diamond 🔸|small_blue_diamond 🔹|small_red_triangle 🔺
hourglass ⌛|hourglass_flowing_sand ⏳|stopwatch ⏱️|timer_clock ⏲️|alarm_clock ⏰|clock1 🕐|clock3 🕒|clock9 🕘|watch ⌚
calendar 📅|date 📅|spiral_calendar_pad 🗓️|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊
pushpin 📌|round_pushpin 📍|paperclip 📎|link 🔗|bookmark 🔖|label 🏷️|memo 📝|pencil 📝|pencil2 ✏️|clipboard 📋
page_facing_up 📄|scroll 📜|books 📚|book 📖|notebook 📓|open_file_folder 📂|file_folder 📁|card_index_dividers 🗂️|newspaper 📰
mag 🔍|mag_right 🔎|bulb 💡|key 🔑|lock 🔒|unlock 🔓|closed_lock_with_key 🔐|shield 🛡️|hammer 🔨|wrench 🔧|hammer_and_wrench 🛠️
gear ⚙️|toolbox 🧰|broom 🧹|stethoscope 🩺|microscope 🔬|test_tube 🧪|package 📦|electric_plug 🔌|battery 🔋|satellite 🛰️
satellite_antenna 📡|computer 💻|desktop_computer 🖥️|floppy_disk 💾|cloud ☁️|globe_with_meridians 🌐|construction 🚧|rocket 🚀
arrow_up ⬆️|arrow_down ⬇️|arrow_right ➡️|arrow_left ⬅️|arrow_up_small 🔼|arrow_down_small 🔽|arrows_counterclockwise 🔄
arrow_forward ▶️|double_vertical_bar ⏸️|black_square_for_stop ⏹️|leftwards_arrow_with_hook ↩️|repeat 🔁|heavy_plus_sign ➕
heavy_minus_sign ➖|information_source ℹ️|speech_balloon 💬|thought_balloon 💭|left_speech_bubble 🗨️|bust_in_silhouette 👤
busts_in_silhouette 👥|technologist 🧑‍💻|firefighter 🧑‍🚒|adult 🧑|crown 👑|medal 🏅|trophy 🏆|tada 🎉|sparkles ✨|star ⭐|100 💯
beers 🍻|coffee ☕|seedling 🌱|herb 🌿|sunny ☀️|rain_cloud 🌧️|snowflake ❄️|ghost 👻|dart 🎯|compass 🧭|traffic_light 🚦
checkered_flag 🏁|triangular_flag_on_post 🚩|white_flag 🏳️|kr 🇰🇷|us 🇺🇸|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣
baby 👶|elephant 🐘|turtle 🐢|snail 🐌|bug 🐛|bee 🐝|whale 🐳|dolphin 🐬|credit_card 💳|shopping_trolley 🛒|moneybag 💰
`;

const characters = new Map(
  table
    .trim()
    .split(/[|\n]/)
    .map((entry) => entry.split(' ') as [string, string]),
);

/** The character of a short name, or undefined. */
export function emojiOf(name: string): string | undefined {
  return characters.get(name);
}
